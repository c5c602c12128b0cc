resource "aws_iam_group" "developers" {
  name = "developers"
}

resource "aws_iam_group" "operators" {
  name = "operators"
}

resource "aws_iam_group" "empty" {
  name = "empty"
}

resource "aws_iam_user" "ann" {
  name = "ann"
}

resource "aws_iam_user" "bob" {
  name = "bob"
}

resource "aws_iam_user" "eve" {
  name = "eve"
}

resource "aws_iam_group_membership" "developers" {
  name  = "developers"
  group = aws_iam_group.developers.name
  users = [aws_iam_user.ann.name]
}

resource "aws_iam_user_group_membership" "bob" {
  user   = aws_iam_user.bob.name
  groups = [aws_iam_group.operators.name]
}

resource "aws_iam_user_login_profile" "eve" {
  user = aws_iam_user.eve.name
}

resource "aws_iam_access_key" "ann" {
  user = aws_iam_user.ann.name
}

resource "aws_iam_access_key" "root" {
  user = "root"
}

resource "aws_iam_policy" "own" {
  name   = "own"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:ListAllMyBuckets", Resource = "*" }] })
}

resource "aws_iam_group_policy_attachment" "own" {
  group      = aws_iam_group.developers.name
  policy_arn = aws_iam_policy.own.arn
}

resource "aws_iam_group_policy_attachment" "full" {
  group      = aws_iam_group.developers.name
  policy_arn = "arn:aws:iam::aws:policy/IAMFullAccess"
}

resource "aws_iam_role" "own" {
  name               = "own"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
  managed_policy_arns = [aws_iam_policy.own.arn]
}

resource "aws_iam_role" "full" {
  name               = "full"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
  managed_policy_arns = ["arn:aws:iam::aws:policy/IAMFullAccess"]
}

resource "aws_ssoadmin_managed_policy_attachment" "full" {
  instance_arn       = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
  permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef"
  managed_policy_arn = "arn:aws:iam::aws:policy/IAMFullAccess"
}

resource "aws_accessanalyzer_analyzer" "external" {
  analyzer_name = "external"
}

module "wrapped" {
  source = "./wrapped"
  names  = ["carol"]
  arns   = ["arn:aws:iam::aws:policy/IAMFullAccess", "arn:aws:iam::aws:policy/ReadOnlyAccess"]
}
