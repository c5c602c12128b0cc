variable "role_name" {}
variable "issuer" {}
variable "namespace_service_accounts" { default = [] }
variable "statements" { default = [] }

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = ["arn:aws:iam::111122223333:oidc-provider/${var.issuer}"]
    }
    condition {
      test     = "StringEquals"
      variable = "${var.issuer}:sub"
      values   = [for sa in var.namespace_service_accounts : "system:serviceaccount:${sa}"]
    }
  }
}

resource "aws_iam_role" "this" {
  name                 = var.role_name
  assume_role_policy   = data.aws_iam_policy_document.assume.json
  max_session_duration = 3600
}

resource "aws_iam_role_policy" "this" {
  count = length(var.statements) > 0 ? 1 : 0
  name  = var.role_name
  role  = aws_iam_role.this.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = var.statements
  })
}

output "role_arn" { value = aws_iam_role.this.arn }
