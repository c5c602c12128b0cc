variable "repository_name" {}
variable "repository_image_tag_mutability" { default = "IMMUTABLE" }
variable "repository_image_scan_on_push" { default = true }
variable "repository_encryption_type" { default = null }
variable "repository_kms_key" { default = null }
variable "create_lifecycle_policy" { default = true }
variable "repository_lifecycle_policy" { default = "" }
variable "attach_repository_policy" { default = false }
variable "repository_read_access_arns" { default = [] }

resource "aws_ecr_repository" "this" {
  name                 = var.repository_name
  image_tag_mutability = var.repository_image_tag_mutability
  encryption_configuration {
    encryption_type = var.repository_encryption_type
    kms_key         = var.repository_kms_key
  }
  image_scanning_configuration { scan_on_push = var.repository_image_scan_on_push }
}

resource "aws_ecr_lifecycle_policy" "this" {
  count      = var.create_lifecycle_policy ? 1 : 0
  repository = aws_ecr_repository.this.name
  policy     = var.repository_lifecycle_policy
}

data "aws_iam_policy_document" "this" {
  count = var.attach_repository_policy ? 1 : 0
  statement {
    actions = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    principals {
      type        = "AWS"
      identifiers = var.repository_read_access_arns
    }
  }
}

resource "aws_ecr_repository_policy" "this" {
  count      = var.attach_repository_policy ? 1 : 0
  repository = aws_ecr_repository.this.name
  policy     = data.aws_iam_policy_document.this[0].json
}
