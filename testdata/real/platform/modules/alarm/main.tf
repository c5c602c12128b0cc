variable "name" {}
variable "kms_master_key_id" { default = null }
variable "actions_enabled" { default = true }

resource "aws_sns_topic" "this" {
  name              = var.name
  kms_master_key_id = var.kms_master_key_id
}

resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = var.name
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  threshold           = 1
  metric_name         = "Errors"
  namespace           = "Platform"
  period              = 60
  statistic           = "Sum"
  actions_enabled     = var.actions_enabled
  alarm_actions       = var.actions_enabled ? [aws_sns_topic.this.arn] : []
}
