variable "status" {}
variable "acls" {}

resource "aws_s3_bucket" "this" { bucket_prefix = "chain-" }

resource "aws_s3_bucket_public_access_block" "this" {
  bucket              = aws_s3_bucket.this.id
  block_public_acls   = var.acls
  block_public_policy = true
}

resource "aws_s3_bucket_versioning" "this" {
  bucket = aws_s3_bucket_public_access_block.this.bucket
  versioning_configuration { status = var.status }
}

resource "aws_s3_bucket_ownership_controls" "this" {
  bucket = aws_s3_bucket_versioning.this.bucket
  rule { object_ownership = var.acls ? "BucketOwnerEnforced" : "ObjectWriter" }
}
