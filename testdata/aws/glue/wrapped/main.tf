variable "mode" {
  type    = string
  default = null
}

resource "aws_glue_security_configuration" "this" {
  name = "wrapped"
  encryption_configuration {
    cloudwatch_encryption {
      cloudwatch_encryption_mode = var.mode
    }
    job_bookmarks_encryption {
      job_bookmarks_encryption_mode = var.mode
    }
    s3_encryption {
      s3_encryption_mode = var.mode
    }
  }
}
