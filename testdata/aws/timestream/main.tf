resource "aws_kms_key" "key" {}

resource "aws_timestreamwrite_database" "good" {
  database_name = "good"
  kms_key_id    = aws_kms_key.key.arn
}

resource "aws_timestreamwrite_database" "bad" {
  database_name = "bad"
}
