variable "key" {
  type    = string
  default = null
}

resource "aws_kendra_index" "this" {
  name     = "wrapped"
  role_arn = "arn:aws:iam::111122223333:role/kendra"
  server_side_encryption_configuration {
    kms_key_id = var.key
  }
}
