variable "database_name" {
  type = string
}

variable "master_username" {
  type = string
}

variable "kms_key_arn" {
  type    = string
  default = null
}

resource "aws_redshift_cluster" "this" {
  cluster_identifier     = "wrapped"
  node_type              = "ra3.large"
  database_name          = var.database_name
  master_username        = var.master_username
  manage_master_password = true
  encrypted              = true
  kms_key_id             = var.kms_key_arn
}

resource "aws_redshift_parameter_group" "this" {
  name   = "wrapped"
  family = "redshift-1.0"
  parameter {
    name  = "require_ssl"
    value = "false"
  }
}
