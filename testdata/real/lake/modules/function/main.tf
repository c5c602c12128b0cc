variable "function_name" {}
variable "handler" { default = "index.handler" }
variable "runtime" { default = null }
variable "memory_size" { default = 128 }
variable "timeout" { default = 3 }
variable "environment_variables" { default = {} }
variable "kms_key_arn" { default = null }
variable "tracing_mode" { default = null }
variable "dead_letter_target_arn" { default = null }
variable "reserved_concurrent_executions" { default = -1 }
variable "vpc_subnet_ids" { default = null }
variable "vpc_security_group_ids" { default = null }
variable "cloudwatch_logs_retention_in_days" { default = null }
variable "cloudwatch_logs_kms_key_id" { default = null }
variable "attach_policy_statements" { default = false }
variable "policy_statements" { default = {} }
variable "allowed_triggers" { default = {} }

resource "aws_iam_role" "lambda" {
  name = var.function_name
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

data "aws_iam_policy_document" "additional" {
  count = var.attach_policy_statements ? 1 : 0
  dynamic "statement" {
    for_each = var.policy_statements
    content {
      sid       = try(statement.value.sid, replace(statement.key, "/[^0-9A-Za-z]*/", ""))
      effect    = try(statement.value.effect, null)
      actions   = try(statement.value.actions, null)
      resources = try(statement.value.resources, null)
    }
  }
}

resource "aws_iam_policy" "additional" {
  count  = var.attach_policy_statements ? 1 : 0
  name   = "${var.function_name}-inline"
  policy = data.aws_iam_policy_document.additional[0].json
}

resource "aws_iam_role_policy_attachment" "additional" {
  count      = var.attach_policy_statements ? 1 : 0
  role       = aws_iam_role.lambda.name
  policy_arn = aws_iam_policy.additional[0].arn
}

resource "aws_cloudwatch_log_group" "lambda" {
  name              = "/aws/lambda/${var.function_name}"
  retention_in_days = var.cloudwatch_logs_retention_in_days
  kms_key_id        = var.cloudwatch_logs_kms_key_id
}

resource "aws_lambda_function" "this" {
  function_name                  = var.function_name
  role                           = aws_iam_role.lambda.arn
  handler                        = var.handler
  runtime                        = var.runtime
  memory_size                    = var.memory_size
  timeout                        = var.timeout
  kms_key_arn                    = var.kms_key_arn
  reserved_concurrent_executions = var.reserved_concurrent_executions
  s3_bucket                      = "artifacts"
  s3_key                         = "${var.function_name}.zip"
  dynamic "environment" {
    for_each = length(keys(var.environment_variables)) == 0 ? [] : [true]
    content { variables = var.environment_variables }
  }
  dynamic "dead_letter_config" {
    for_each = var.dead_letter_target_arn == null ? [] : [true]
    content { target_arn = var.dead_letter_target_arn }
  }
  dynamic "tracing_config" {
    for_each = var.tracing_mode == null ? [] : [true]
    content { mode = var.tracing_mode }
  }
  dynamic "vpc_config" {
    for_each = var.vpc_subnet_ids != null && var.vpc_security_group_ids != null ? [true] : []
    content {
      subnet_ids         = var.vpc_subnet_ids
      security_group_ids = var.vpc_security_group_ids
    }
  }
}

resource "aws_lambda_permission" "triggers" {
  for_each      = var.allowed_triggers
  function_name = aws_lambda_function.this.function_name
  statement_id  = try(each.value.statement_id, each.key)
  action        = try(each.value.action, "lambda:InvokeFunction")
  principal     = try(each.value.principal, format("%s.amazonaws.com", try(each.value.service, "")))
  source_arn    = try(each.value.source_arn, null)
}

output "lambda_function_arn" { value = try(aws_lambda_function.this.arn, "") }
output "lambda_function_name" { value = try(aws_lambda_function.this.function_name, "") }
