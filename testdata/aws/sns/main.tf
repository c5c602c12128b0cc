resource "aws_sns_topic" "good" {
  name                             = "good"
  lambda_success_feedback_role_arn = aws_iam_role.log.arn
  lambda_failure_feedback_role_arn = aws_iam_role.log.arn
}

resource "aws_iam_role" "log" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "sns.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_sns_topic" "bad" {
  name = "bad"
}

data "aws_iam_policy_document" "open" {
  statement {
    actions   = ["sns:Subscribe"]
    resources = [aws_sns_topic.bad.arn]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

resource "aws_sns_topic_policy" "bad" {
  arn    = aws_sns_topic.bad.arn
  policy = data.aws_iam_policy_document.open.json
}

module "good" {
  source = "./wrapped"
}
