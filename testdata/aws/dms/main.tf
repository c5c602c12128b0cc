resource "aws_kms_key" "data" {}

resource "aws_dms_replication_instance" "good" {
  replication_instance_class = "dms.t3.micro"
  replication_instance_id    = "good"
  auto_minor_version_upgrade = true
  kms_key_arn                = aws_kms_key.data.arn
  multi_az                   = true
}

resource "aws_dms_replication_instance" "bad" {
  replication_instance_class = "dms.t3.micro"
  replication_instance_id    = "bad"
}

resource "aws_dms_endpoint" "good" {
  endpoint_id   = "good"
  endpoint_type = "source"
  engine_name   = "mysql"
  server_name   = "db.example.org"
  username      = "u"
  password      = "not-a-secret"
  port          = 3306
  ssl_mode      = "require"
  kms_key_arn   = aws_kms_key.data.arn
}

resource "aws_dms_endpoint" "bad" {
  endpoint_id   = "bad"
  endpoint_type = "source"
  engine_name   = "mysql"
  server_name   = "db.example.org"
  username      = "u"
  password      = "not-a-secret"
  port          = 3306
}

resource "aws_dms_endpoint" "s3" {
  endpoint_id   = "s3"
  endpoint_type = "target"
  engine_name   = "s3"
  s3_settings {
    bucket_name                       = "b"
    encryption_mode                   = "SSE_KMS"
    server_side_encryption_kms_key_id = aws_kms_key.data.arn
  }
}

resource "aws_dms_endpoint" "mongo_good" {
  endpoint_id   = "mongo-good"
  endpoint_type = "source"
  engine_name   = "mongodb"
  server_name   = "db.example.org"
  username      = "u"
  password      = "not-a-secret"
  port          = 27017
  ssl_mode      = "require"
  mongodb_settings {
    auth_type = "password"
  }
}

resource "aws_dms_endpoint" "mongo_bad" {
  endpoint_id   = "mongo-bad"
  endpoint_type = "source"
  engine_name   = "mongodb"
  server_name   = "db.example.org"
  port          = 27017
  ssl_mode      = "none"
  mongodb_settings {
    auth_type = "no"
  }
}

resource "aws_dms_endpoint" "redis_good" {
  endpoint_id   = "redis-good"
  endpoint_type = "target"
  engine_name   = "redis"
  redis_settings {
    auth_type   = "none"
    server_name = "r.example.org"
    port        = 6379
  }
}

module "wrapped" {
  source   = "./wrapped"
  protocol = "plaintext"
  key_arn  = aws_kms_key.data.arn
}

resource "aws_dms_s3_endpoint" "bad" {
  endpoint_id             = "s3-bad"
  endpoint_type           = "target"
  bucket_name             = "b"
  service_access_role_arn = "arn:aws:iam::111122223333:role/dms"
}
