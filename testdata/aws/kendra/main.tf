resource "aws_kms_key" "data" {}

resource "aws_kendra_index" "good" {
  name     = "good"
  role_arn = "arn:aws:iam::111122223333:role/kendra"
  server_side_encryption_configuration {
    kms_key_id = aws_kms_key.data.arn
  }
}

resource "aws_kendra_index" "bad" {
  name     = "bad"
  role_arn = "arn:aws:iam::111122223333:role/kendra"
}

module "wrapped" {
  source = "./wrapped"
}
