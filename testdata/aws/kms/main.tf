data "aws_iam_policy_document" "key" {
  statement {
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::111122223333:root"]
    }
  }
}

resource "aws_kms_key" "inline" {
  policy = data.aws_iam_policy_document.key.json
}

resource "aws_kms_key" "separate" {}

resource "aws_kms_key_policy" "separate" {
  key_id = aws_kms_key.separate.id
  policy = data.aws_iam_policy_document.key.json
}

resource "aws_kms_key" "bad" {}

module "wrapped" {
  source = "./wrapped"
}
