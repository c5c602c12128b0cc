variable "rotate" {}

resource "aws_kms_key" "this" { enable_key_rotation = var.rotate }

resource "aws_kms_alias" "this" {
  name_prefix   = "alias/queue-"
  target_key_id = aws_kms_key.this.key_id
}

resource "aws_sqs_queue" "this" { kms_master_key_id = aws_kms_key.this.arn }

resource "aws_sns_topic" "this" { kms_master_key_id = aws_kms_alias.this.arn }
