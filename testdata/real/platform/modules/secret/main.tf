variable "name" {}
variable "kms_key_id" { default = null }
variable "enable_rotation" { default = false }
variable "rotation_lambda_arn" { default = null }
variable "rotation_rules" { default = {} }

resource "aws_secretsmanager_secret" "this" {
  name       = var.name
  kms_key_id = var.kms_key_id
}

resource "aws_secretsmanager_secret_rotation" "this" {
  count               = var.enable_rotation ? 1 : 0
  secret_id           = aws_secretsmanager_secret.this.id
  rotation_lambda_arn = var.rotation_lambda_arn
  dynamic "rotation_rules" {
    for_each = [var.rotation_rules]
    content {
      automatically_after_days = try(rotation_rules.value.automatically_after_days, null)
      schedule_expression      = try(rotation_rules.value.schedule_expression, null)
    }
  }
}

output "secret_arn" { value = try(aws_secretsmanager_secret.this.arn, null) }
