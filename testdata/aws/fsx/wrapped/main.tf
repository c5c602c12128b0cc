variable "kms_key_id" {
  type    = string
  default = null
}

variable "copy_tags" {
  type    = bool
  default = null
}

resource "aws_fsx_lustre_file_system" "this" {
  storage_capacity            = 1200
  subnet_ids                  = ["subnet-1"]
  deployment_type             = "PERSISTENT_2"
  per_unit_storage_throughput = 125
  kms_key_id                  = var.kms_key_id
  copy_tags_to_backups        = var.copy_tags
}

resource "aws_fsx_openzfs_file_system" "this" {
  storage_capacity     = 64
  subnet_ids           = ["subnet-1"]
  deployment_type      = "SINGLE_AZ_1"
  throughput_capacity  = 64
  kms_key_id           = var.kms_key_id
  copy_tags_to_backups = var.copy_tags
  copy_tags_to_volumes = var.copy_tags
}
