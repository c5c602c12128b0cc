variable "protocol" {
  type = string
}

variable "key_arn" {
  type = string
}

resource "aws_dms_endpoint" "redis" {
  endpoint_id   = "redis-bad"
  endpoint_type = "target"
  engine_name   = "redis"
  redis_settings {
    auth_type             = "none"
    server_name           = "r.example.org"
    port                  = 6379
    ssl_security_protocol = var.protocol
  }
}

resource "aws_dms_s3_endpoint" "this" {
  endpoint_id             = "s3-good"
  endpoint_type           = "target"
  bucket_name             = "b"
  kms_key_arn             = var.key_arn
  service_access_role_arn = "arn:aws:iam::111122223333:role/dms"
}

resource "aws_dms_replication_instance" "this" {
  replication_instance_class = "dms.t3.micro"
  replication_instance_id    = "wrapped"
  auto_minor_version_upgrade = false
  kms_key_arn                = var.key_arn
  multi_az                   = false
}
