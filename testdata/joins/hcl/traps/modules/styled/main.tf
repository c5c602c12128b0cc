variable "strict" { default = true }
variable "guarded" { default = true }
variable "policy" { default = null }

locals { attach_policy = var.policy != null }

resource "aws_s3_bucket" "this" {
  count         = 1
  bucket_prefix = "styled-"
}

resource "aws_s3_bucket_policy" "this" {
  count  = local.attach_policy ? 1 : 0
  bucket = aws_s3_bucket.this[0].id
  policy = var.policy
}

resource "aws_s3_bucket_public_access_block" "this" {
  count               = var.guarded ? 1 : 0
  bucket              = local.attach_policy ? aws_s3_bucket_policy.this[0].id : aws_s3_bucket.this[0].id
  block_public_acls   = true
  block_public_policy = var.strict
}
