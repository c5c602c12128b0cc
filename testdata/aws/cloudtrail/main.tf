resource "aws_s3_bucket" "open" {
  bucket = "open-trail"
}

resource "aws_s3_bucket_acl" "open" {
  bucket = aws_s3_bucket.open.id
  acl    = "public-read"
}

resource "aws_s3_bucket" "closed" {
  bucket = "closed-trail"
}

resource "aws_s3_bucket_public_access_block" "closed" {
  bucket                  = aws_s3_bucket.closed.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

data "aws_iam_policy_document" "closed" {
  statement {
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.closed.arn}/*"]
    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }
  }
}

resource "aws_s3_bucket_policy" "closed" {
  bucket = aws_s3_bucket.closed.id
  policy = data.aws_iam_policy_document.closed.json
}

resource "aws_sns_topic" "trail" {
  name = "trail"
}

resource "aws_kms_key" "trail" {}

resource "aws_cloudwatch_log_group" "trail" {
  name              = "trail"
  retention_in_days = 365
}

resource "aws_cloudwatch_log_group" "for_ever" {
  name = "for-ever"
}

resource "aws_cloudtrail" "bad" {
  name                  = "bad"
  s3_bucket_name        = aws_s3_bucket.open.bucket
  is_multi_region_trail = true
  event_selector {
    read_write_type = "ReadOnly"
    data_resource {
      type   = "AWS::S3::Object"
      values = ["arn:aws:s3"]
    }
  }
}

resource "aws_cloudtrail" "good" {
  name                       = "good"
  s3_bucket_name             = aws_s3_bucket.closed.id
  is_multi_region_trail      = true
  sns_topic_name             = aws_sns_topic.trail.arn
  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.trail.arn}:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam::111122223333:role/trail"
  insight_selector {
    insight_type = "ApiCallRateInsight"
  }
  advanced_event_selector {
    field_selector {
      field  = "eventCategory"
      equals = ["Data"]
    }
    field_selector {
      field  = "resources.type"
      equals = ["AWS::S3::Object"]
    }
    field_selector {
      field  = "readOnly"
      equals = ["false"]
    }
  }
}

resource "aws_cloudtrail" "one_region" {
  name           = "one-region"
  s3_bucket_name = "central"
}

resource "aws_cloudtrail_event_data_store" "bad" {
  name = "bad"
}

resource "aws_cloudtrail_event_data_store" "good" {
  name       = "good"
  kms_key_id = aws_kms_key.trail.arn
}

module "watch" {
  source         = "./watch"
  log_group_name = aws_cloudwatch_log_group.trail.name
  patterns = {
    root    = "{ $.userIdentity.type = \"Root\" && $.userIdentity.invokedBy NOT EXISTS }"
    keys    = "{ ($.eventSource = kms.amazonaws.com) && (($.eventName = DisableKey) || ($.eventName = ScheduleKeyDeletion)) }"
    trail   = "{ ($.eventName = CreateTrail) || ($.eventName = UpdateTrail) || ($.eventName = DeleteTrail) || ($.eventName = StartLogging) || ($.eventName = StopLogging) }"
    gateway = "{ ($.eventName = CreateInternetGateway) }"
  }
}

resource "aws_cloudwatch_log_metric_filter" "no_alarm" {
  name           = "no-alarm"
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern        = "{ ($.eventName = ConsoleLogin) && ($.errorMessage = \"Failed authentication\") }"
  metric_transformation {
    name      = "no-alarm"
    namespace = "CIS"
    value     = "1"
  }
}

resource "aws_cloudwatch_log_metric_filter" "by_id" {
  name           = "organization"
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern        = "{ $.eventSource = organizations.amazonaws.com }"
  metric_transformation {
    name      = "organization"
    namespace = "CIS"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "by_id" {
  alarm_name          = "organization"
  metric_name         = aws_cloudwatch_log_metric_filter.by_id.metric_transformation[0].name
  namespace           = "CIS"
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
}

resource "aws_cloudwatch_composite_alarm" "all" {
  alarm_name    = "all"
  alarm_rule    = "ALARM(${aws_cloudwatch_metric_alarm.by_id.alarm_name})"
  alarm_actions = [aws_sns_topic.trail.arn]
}

resource "aws_cloudwatch_metric_alarm" "silent" {
  alarm_name          = "silent"
  metric_name         = "CPUUtilization"
  namespace           = "AWS/EC2"
  statistic           = "Average"
  period              = 300
  evaluation_periods  = 1
  threshold           = 90
  comparison_operator = "GreaterThanOrEqualToThreshold"
}
