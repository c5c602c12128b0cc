variable "runtime" {
  type = string
}

variable "kms_key_arn" {
  type    = string
  default = null
}

variable "signing" {
  type    = string
  default = null
}

variable "environment" {
  type    = map(string)
  default = {}
}

resource "aws_lambda_function" "this" {
  function_name           = "wrapped"
  role                    = "arn:aws:iam::111122223333:role/f"
  handler                 = "index.handler"
  runtime                 = var.runtime
  s3_bucket               = "code"
  s3_key                  = "good.zip"
  kms_key_arn             = var.kms_key_arn
  code_signing_config_arn = var.signing

  dynamic "environment" {
    for_each = length(var.environment) > 0 ? [1] : []
    content {
      variables = var.environment
    }
  }
}
