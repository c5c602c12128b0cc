variable "replication_group_id" {}
variable "engine" { default = "redis" }
variable "engine_version" { default = null }
variable "node_type" { default = null }
variable "num_cache_clusters" { default = null }
variable "automatic_failover_enabled" { default = null }
variable "multi_az_enabled" { default = false }
variable "at_rest_encryption_enabled" { default = true }
variable "transit_encryption_enabled" { default = true }
variable "auth_token" {
  default   = null
  sensitive = true
}
variable "kms_key_arn" { default = null }
variable "snapshot_retention_limit" { default = null }
variable "auto_minor_version_upgrade" { default = null }
variable "log_delivery_configuration" { default = {} }

resource "aws_elasticache_replication_group" "this" {
  replication_group_id       = var.replication_group_id
  description                = var.replication_group_id
  engine                     = var.engine
  engine_version             = var.engine_version
  node_type                  = var.node_type
  num_cache_clusters         = var.num_cache_clusters
  automatic_failover_enabled = var.automatic_failover_enabled
  multi_az_enabled           = var.multi_az_enabled
  at_rest_encryption_enabled = var.at_rest_encryption_enabled
  transit_encryption_enabled = var.transit_encryption_enabled
  auth_token                 = var.auth_token
  kms_key_id                 = var.at_rest_encryption_enabled ? var.kms_key_arn : null
  snapshot_retention_limit   = var.snapshot_retention_limit
  auto_minor_version_upgrade = var.auto_minor_version_upgrade
  dynamic "log_delivery_configuration" {
    for_each = var.log_delivery_configuration
    content {
      destination      = try(log_delivery_configuration.value.destination, null)
      destination_type = try(log_delivery_configuration.value.destination_type, "cloudwatch-logs")
      log_format       = try(log_delivery_configuration.value.log_format, "json")
      log_type         = log_delivery_configuration.key
    }
  }
}
