variable "name" {}
variable "guard" {}

locals { name = var.name }

resource "aws_s3_bucket" "this" { bucket = local.name }

resource "aws_s3_bucket_public_access_block" "this" {
  count               = var.guard == "none" ? 0 : 1
  bucket              = local.name
  block_public_acls   = true
  block_public_policy = var.guard == "all"
}
