variable "store" {}
variable "strict" { default = true }

resource "aws_s3_bucket_public_access_block" "this" {
  bucket              = var.store.id
  block_public_acls   = true
  block_public_policy = var.strict
}
