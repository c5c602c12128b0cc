variable "log_group_name" {
  type = string
}

variable "patterns" {
  type = map(string)
}

resource "aws_cloudwatch_log_metric_filter" "this" {
  for_each       = var.patterns
  name           = each.key
  log_group_name = var.log_group_name
  pattern        = each.value
  metric_transformation {
    name      = each.key
    namespace = "CIS"
    value     = "1"
  }
}

resource "aws_sns_topic" "this" {
  name = "watch"
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each            = var.patterns
  alarm_name          = each.key
  metric_name         = each.key
  namespace           = "CIS"
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  alarm_actions       = [aws_sns_topic.this.arn]
}
