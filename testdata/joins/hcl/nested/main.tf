locals { trust = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] }) }

resource "aws_iam_role" "admin" {
  name               = "admin"
  assume_role_policy = local.trust
}

resource "aws_iam_role" "reader" {
  name               = "reader"
  assume_role_policy = local.trust
}

resource "aws_iam_role" "bare" {
  name               = "bare"
  assume_role_policy = local.trust
}

resource "aws_iam_role" "each" {
  for_each           = toset(["wide", "narrow", "both"])
  name               = each.key
  assume_role_policy = local.trust
}

resource "aws_iam_role" "named" {
  name               = "named"
  assume_role_policy = local.trust
}

resource "aws_iam_policy" "wide" {
  name   = "wide"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}

resource "aws_iam_policy" "narrow" {
  name   = "narrow"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }] })
}

resource "aws_iam_role_policy_attachment" "admin" {
  role       = aws_iam_role.admin.name
  policy_arn = aws_iam_policy.wide.arn
}

resource "aws_iam_role_policy_attachment" "reader" {
  role       = aws_iam_role.reader.name
  policy_arn = aws_iam_policy.narrow.arn
}

resource "aws_iam_role_policy_attachment" "wide" {
  role       = aws_iam_role.each["wide"].name
  policy_arn = aws_iam_policy.wide.arn
}

resource "aws_iam_role_policy_attachment" "narrow" {
  role       = aws_iam_role.each["narrow"].name
  policy_arn = aws_iam_policy.narrow.arn
}

resource "aws_iam_role_policy_attachment" "both_wide" {
  role       = aws_iam_role.each["both"].name
  policy_arn = aws_iam_policy.wide.arn
}

resource "aws_iam_role_policy_attachment" "both_narrow" {
  role       = aws_iam_role.each["both"].name
  policy_arn = aws_iam_policy.narrow.arn
}

resource "aws_iam_role_policy_attachment" "named" {
  role       = "named"
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
