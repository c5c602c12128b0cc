resource "aws_kms_key" "this" { enable_key_rotation = true }

resource "aws_kms_alias" "this" {
  name_prefix   = "alias/queue-"
  target_key_id = aws_kms_key.this.key_id
}

resource "aws_sqs_queue" "this" { kms_master_key_id = aws_kms_key.this.arn }

resource "aws_sns_topic" "this" { kms_master_key_id = aws_kms_alias.this.arn }

resource "aws_sqs_queue" "managed" { kms_master_key_id = "alias/aws/sqs" }

resource "aws_sqs_queue" "open" {}

module "plain" {
  source = "./modules/queue"
  rotate = false
}

module "x" {
  source   = "./modules/queue"
  for_each = { "a.b" = true, "c" = false }
  rotate   = each.value
}

module "y" {
  source = "./modules/outer"
  count  = 2
  rotate = count.index == 1
}
