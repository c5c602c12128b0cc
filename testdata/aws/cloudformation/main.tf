resource "aws_sns_topic" "stacks" {}

resource "aws_cloudformation_stack" "good" {
  name              = "good"
  template_url      = "https://example.s3.amazonaws.com/t.json"
  notification_arns = [aws_sns_topic.stacks.arn]
}

resource "aws_cloudformation_stack" "kept" {
  name         = "kept"
  template_url = "https://example.s3.amazonaws.com/t.json"
  on_failure   = "DO_NOTHING"
}

resource "aws_cloudformation_stack" "bad" {
  name             = "bad"
  template_url     = "https://example.s3.amazonaws.com/t.json"
  disable_rollback = true
}
