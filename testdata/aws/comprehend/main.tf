resource "aws_kms_key" "key" {}

module "good" {
  source = "./wrapped"
  key    = aws_kms_key.key.id
}

module "bad" {
  source = "./wrapped"
}
