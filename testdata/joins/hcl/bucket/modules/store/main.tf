variable "guard" { default = "none" }
variable "status" { default = "Enabled" }

resource "aws_s3_bucket" "this" { bucket_prefix = "store-" }

resource "aws_s3_bucket_public_access_block" "this" {
  count               = var.guard == "none" ? 0 : 1
  bucket              = aws_s3_bucket.this.id
  block_public_acls   = true
  block_public_policy = var.guard == "all"
}

resource "aws_s3_bucket_versioning" "this" {
  bucket = aws_s3_bucket.this.id
  versioning_configuration { status = var.status }
}
