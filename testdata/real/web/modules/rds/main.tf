variable "identifier" {}
variable "engine" { default = null }
variable "engine_version" { default = null }
variable "instance_class" { default = null }
variable "allocated_storage" { default = null }
variable "storage_encrypted" { default = true }
variable "kms_key_id" { default = null }
variable "username" { default = null }
variable "manage_master_user_password" { default = true }
variable "password" {
  default   = null
  sensitive = true
}
variable "multi_az" { default = false }
variable "publicly_accessible" { default = false }
variable "vpc_security_group_ids" { default = [] }
variable "db_subnet_group_name" { default = null }
variable "backup_retention_period" { default = null }
variable "deletion_protection" { default = false }
variable "iam_database_authentication_enabled" { default = false }
variable "performance_insights_enabled" { default = false }
variable "performance_insights_kms_key_id" { default = null }
variable "monitoring_interval" { default = 0 }
variable "enabled_cloudwatch_logs_exports" { default = [] }
variable "auto_minor_version_upgrade" { default = true }
variable "copy_tags_to_snapshot" { default = false }
variable "parameters" { default = [] }

locals {
  is_replica = false
  username   = local.is_replica ? null : var.username
  password   = local.is_replica || var.manage_master_user_password ? null : var.password
}

resource "aws_db_parameter_group" "this" {
  name_prefix = "${var.identifier}-"
  family      = "postgres16"
  dynamic "parameter" {
    for_each = var.parameters
    content {
      name         = parameter.value.name
      value        = parameter.value.value
      apply_method = lookup(parameter.value, "apply_method", null)
    }
  }
}

resource "aws_db_instance" "this" {
  identifier                          = var.identifier
  engine                              = var.engine
  engine_version                      = var.engine_version
  instance_class                      = var.instance_class
  allocated_storage                   = var.allocated_storage
  storage_encrypted                   = var.storage_encrypted
  kms_key_id                          = var.kms_key_id
  username                            = local.username
  password                            = local.password
  manage_master_user_password         = var.manage_master_user_password ? true : null
  multi_az                            = var.multi_az
  publicly_accessible                 = var.publicly_accessible
  vpc_security_group_ids              = var.vpc_security_group_ids
  db_subnet_group_name                = var.db_subnet_group_name
  parameter_group_name                = aws_db_parameter_group.this.id
  backup_retention_period             = var.backup_retention_period
  deletion_protection                 = var.deletion_protection
  iam_database_authentication_enabled = var.iam_database_authentication_enabled
  performance_insights_enabled        = var.performance_insights_enabled
  performance_insights_kms_key_id     = var.performance_insights_enabled ? var.performance_insights_kms_key_id : null
  monitoring_interval                 = var.monitoring_interval
  enabled_cloudwatch_logs_exports     = var.enabled_cloudwatch_logs_exports
  auto_minor_version_upgrade          = var.auto_minor_version_upgrade
  copy_tags_to_snapshot               = var.copy_tags_to_snapshot
  skip_final_snapshot                 = true
}
