resource "aws_kms_key" "data" {}

resource "aws_efs_file_system" "good" {
  encrypted  = true
  kms_key_id = aws_kms_key.data.arn
}

data "aws_iam_policy_document" "tls" {
  statement {
    effect    = "Deny"
    actions   = ["*"]
    resources = [aws_efs_file_system.good.arn]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_efs_file_system_policy" "good" {
  file_system_id = aws_efs_file_system.good.id
  policy         = data.aws_iam_policy_document.tls.json
}

resource "aws_efs_file_system" "bad" {
  encrypted = true
}

resource "aws_efs_file_system_policy" "bad" {
  file_system_id = aws_efs_file_system.bad.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = ["elasticfilesystem:ClientMount"]
    }]
  })
}

module "wrapped" {
  source = "./wrapped"
}
