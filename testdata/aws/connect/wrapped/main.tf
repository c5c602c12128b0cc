variable "instance_id" {
  type = string
}

variable "key_arn" {
  type = string
}

resource "aws_connect_instance_storage_config" "this" {
  instance_id   = var.instance_id
  resource_type = "CALL_RECORDINGS"
  storage_config {
    storage_type = "S3"
    s3_config {
      bucket_name   = "calls"
      bucket_prefix = "calls"
      encryption_config {
        encryption_type = "KMS"
        key_id          = var.key_arn
      }
    }
  }
}

resource "aws_connect_instance" "this" {
  identity_management_type  = "CONNECT_MANAGED"
  instance_alias            = "wrapped"
  inbound_calls_enabled     = true
  outbound_calls_enabled    = true
  contact_flow_logs_enabled = false
}
