resource "aws_kms_key" "key" {}

module "good" {
  source = "./wrapped"
  type   = "SecureString"
  key    = aws_kms_key.key.arn
}

module "managed" {
  source = "./wrapped"
  type   = "SecureString"
}

resource "aws_ssm_parameter" "bad" {
  name  = "bad"
  type  = "String"
  value = "example"
}
