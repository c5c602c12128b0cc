variable "names" {
  type = set(string)
}

variable "arns" {
  type = set(string)
}

resource "aws_iam_user" "this" {
  for_each = var.names
  name     = each.key
}

resource "aws_iam_user_group_membership" "this" {
  for_each = var.names
  user     = aws_iam_user.this[each.key].name
  groups   = ["developers"]
}

resource "aws_iam_user_login_profile" "this" {
  for_each = var.names
  user     = aws_iam_user.this[each.key].name
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each   = var.arns
  role       = "r"
  policy_arn = each.value
}

resource "aws_accessanalyzer_analyzer" "unused" {
  analyzer_name = "unused"
  type          = "ACCOUNT_UNUSED_ACCESS"
}
