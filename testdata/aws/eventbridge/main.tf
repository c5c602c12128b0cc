resource "aws_cloudwatch_log_group" "good" {
  name = "good"
}

module "good" {
  source          = "./machine"
  log_destination = "${aws_cloudwatch_log_group.good.arn}:*"
  definition      = jsonencode({ Comment = aws_cloudwatch_event_bus.good.arn })
}

resource "aws_sfn_state_machine" "bad" {
  name       = "bad"
  role_arn   = "arn:aws:iam::111122223333:role/s"
  definition = jsonencode({ Comment = aws_cloudwatch_event_bus.good.arn })
}

resource "aws_sfn_state_machine" "off" {
  name       = "off"
  role_arn   = "arn:aws:iam::111122223333:role/s"
  definition = jsonencode({ Comment = aws_cloudwatch_event_bus.good.arn })
  logging_configuration {
    level = "OFF"
  }
  tracing_configuration {
    enabled = false
  }
}

resource "aws_scheduler_schedule" "bad" {
  schedule_expression = "rate(1 hour)"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = "arn:aws:sqs:eu-west-1:111122223333:q"
    role_arn = "arn:aws:iam::111122223333:role/s"
  }
}

resource "aws_kms_key" "schedules" {}

resource "aws_scheduler_schedule" "good" {
  schedule_expression = "rate(1 hour)"
  kms_key_arn         = aws_kms_key.schedules.arn
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = "arn:aws:sqs:eu-west-1:111122223333:q"
    role_arn = "arn:aws:iam::111122223333:role/s"
  }
}

resource "aws_cloudwatch_event_bus" "good" {
  name = "good"
}

resource "aws_cloudwatch_event_bus" "bad" {
  name = "bad"
}

resource "aws_cloudwatch_event_bus_policy" "good" {
  event_bus_name = aws_cloudwatch_event_bus.good.name
  policy         = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
}
