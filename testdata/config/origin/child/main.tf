variable "key" {
  default = null
}

resource "aws_kms_key" "own" {}

resource "aws_ebs_volume" "v" {
  availability_zone = "us-east-1a"
  size              = 1
  kms_key_id        = var.key
}

resource "aws_ebs_volume" "own" {
  availability_zone = "us-east-1a"
  size              = 1
  kms_key_id        = aws_kms_key.own.arn
}

output "key" {
  value = aws_kms_key.own.arn
}
