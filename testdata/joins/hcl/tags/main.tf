variable "key" { default = "team" }

resource "terraform_data" "later" { input = "core" }

resource "aws_sns_topic" "constant_bare" {
  provider = aws.constant
}

resource "aws_sns_topic" "constant_own" {
  provider = aws.constant
  tags     = { team = "own" }
}

resource "aws_sns_topic" "variable_bare" {
  provider = aws.variable
}

resource "aws_sns_topic" "variable_own" {
  provider = aws.variable
  tags     = { team = "own" }
}

resource "aws_sns_topic" "other_bare" {
  provider = aws.other
}

resource "aws_sns_topic" "other_own" {
  provider = aws.other
  tags     = { team = "own" }
}

resource "aws_sns_topic" "later_bare" {
  provider = aws.later
}

resource "aws_sns_topic" "later_own" {
  provider = aws.later
  tags     = { team = "own" }
}

resource "aws_sns_topic" "without_bare" {
  provider = aws.without
}

resource "aws_sns_topic" "without_own" {
  provider = aws.without
  tags     = { team = "own" }
}
