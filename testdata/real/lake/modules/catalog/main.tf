variable "name" {}
variable "encrypt" { default = false }
variable "kms_key_arn" { default = null }
variable "script_location" {}
variable "bookmark_encryption" { default = true }

resource "aws_glue_catalog_database" "this" { name = var.name }

resource "aws_glue_security_configuration" "this" {
  count = var.encrypt ? 1 : 0
  name  = var.name
  encryption_configuration {
    cloudwatch_encryption {
      cloudwatch_encryption_mode = "SSE-KMS"
      kms_key_arn                = var.kms_key_arn
    }
    job_bookmarks_encryption {
      job_bookmarks_encryption_mode = var.bookmark_encryption ? "CSE-KMS" : "DISABLED"
      kms_key_arn                   = var.bookmark_encryption ? var.kms_key_arn : null
    }
    s3_encryption {
      s3_encryption_mode = "SSE-KMS"
      kms_key_arn        = var.kms_key_arn
    }
  }
}

resource "aws_iam_role" "glue" {
  name = "${var.name}-glue"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "glue.amazonaws.com" } }]
  })
}

resource "aws_glue_job" "this" {
  name                   = var.name
  role_arn               = aws_iam_role.glue.arn
  glue_version           = "4.0"
  security_configuration = try(aws_glue_security_configuration.this[0].name, null)
  command { script_location = var.script_location }
  default_arguments = {
    "--enable-continuous-cloudwatch-log" = "true"
    "--job-bookmark-option"              = "job-bookmark-enable"
  }
}

resource "aws_glue_crawler" "this" {
  name                   = var.name
  role                   = aws_iam_role.glue.arn
  database_name          = aws_glue_catalog_database.this.name
  security_configuration = try(aws_glue_security_configuration.this[0].name, null)
  s3_target { path = var.script_location }
}
