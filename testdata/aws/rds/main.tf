resource "aws_kms_key" "database" {}

resource "aws_db_parameter_group" "forced" {
  family = "postgres14"
  parameter {
    name  = "log_statement"
    value = "ddl"
  }
  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}

resource "aws_db_parameter_group" "not_forced" {
  family = "mysql8.0"
  parameter {
    name  = "require_secure_transport"
    value = "OFF"
  }
}

resource "aws_db_instance" "good" {
  identifier                   = "good"
  engine                       = "postgres"
  instance_class               = "db.t4g.small"
  allocated_storage            = 20
  storage_encrypted            = true
  username                     = "orders_owner"
  manage_master_user_password  = true
  port                         = 6432
  monitoring_interval          = 60
  monitoring_role_arn          = "arn:aws:iam::111122223333:role/monitoring"
  performance_insights_enabled = true
  ca_cert_identifier           = "rds-ca-ecc384-g1"
  parameter_group_name         = aws_db_parameter_group.forced.name
}

resource "aws_db_instance" "bad" {
  identifier                  = "bad"
  engine                      = "mysql"
  instance_class              = "db.t4g.small"
  allocated_storage           = 20
  username                    = "admin"
  manage_master_user_password = true
  ca_cert_identifier          = "rds-ca-2019"
  parameter_group_name        = aws_db_parameter_group.not_forced.name
}

resource "aws_db_instance" "replica" {
  identifier          = "replica"
  instance_class      = "db.t4g.small"
  replicate_source_db = aws_db_instance.good.identifier
}

resource "aws_db_snapshot" "good" {
  db_instance_identifier = aws_db_instance.good.identifier
  db_snapshot_identifier = "good"
}

resource "aws_db_snapshot" "bad" {
  db_instance_identifier = aws_db_instance.bad.identifier
  db_snapshot_identifier = "bad"
}

resource "aws_db_snapshot_copy" "good" {
  source_db_snapshot_identifier = aws_db_snapshot.good.db_snapshot_arn
  target_db_snapshot_identifier = "good-copy"
  kms_key_id                    = aws_kms_key.database.arn
}

resource "aws_db_snapshot_copy" "bad" {
  source_db_snapshot_identifier = aws_db_snapshot.bad.db_snapshot_arn
  target_db_snapshot_identifier = "bad-copy"
}

resource "aws_rds_cluster" "good" {
  cluster_identifier              = "good"
  engine                          = "aurora-mysql"
  storage_encrypted               = true
  kms_key_id                      = aws_kms_key.database.arn
  master_username                 = "orders_owner"
  manage_master_user_password     = true
  port                            = 6306
  backtrack_window                = 86400
  enabled_cloudwatch_logs_exports = ["audit"]
  availability_zones              = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
}

resource "aws_rds_cluster_instance" "good" {
  cluster_identifier           = aws_rds_cluster.good.id
  engine                       = aws_rds_cluster.good.engine
  instance_class               = "db.r6g.large"
  monitoring_interval          = 30
  monitoring_role_arn          = "arn:aws:iam::111122223333:role/monitoring"
  performance_insights_enabled = true
}

resource "aws_rds_cluster_activity_stream" "good" {
  resource_arn = aws_rds_cluster.good.arn
  mode         = "async"
  kms_key_id   = aws_kms_key.database.key_id
}

resource "aws_db_cluster_snapshot" "good" {
  db_cluster_identifier          = aws_rds_cluster.good.id
  db_cluster_snapshot_identifier = "good"
}

resource "aws_backup_selection" "good" {
  name         = "databases"
  plan_id      = "p"
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"
  resources    = [aws_rds_cluster.good.arn, aws_db_instance.good.arn]
}

resource "aws_rds_global_cluster" "good" {
  global_cluster_identifier = "good"
  engine                    = "aurora-mysql"
  storage_encrypted         = true
}

resource "aws_rds_global_cluster" "bad" {
  global_cluster_identifier = "bad"
  engine                    = "aurora-mysql"
}

resource "aws_rds_global_cluster" "made" {
  global_cluster_identifier    = "made"
  force_destroy                = true
  source_db_cluster_identifier = aws_rds_cluster.good.arn
}

resource "aws_db_event_subscription" "everything" {
  name      = "everything"
  sns_topic = "arn:aws:sns:eu-west-1:111122223333:events"
}

resource "aws_db_event_subscription" "instance" {
  name             = "instance"
  sns_topic        = "arn:aws:sns:eu-west-1:111122223333:events"
  source_type      = "db-instance"
  event_categories = ["failure"]
}

resource "aws_db_event_subscription" "cluster" {
  name             = "cluster"
  sns_topic        = "arn:aws:sns:eu-west-1:111122223333:events"
  source_type      = "db-cluster"
  event_categories = ["failure", "maintenance"]
}

resource "aws_db_event_subscription" "parameters" {
  name        = "parameters"
  sns_topic   = "arn:aws:sns:eu-west-1:111122223333:events"
  source_type = "db-parameter-group"
  enabled     = false
}

module "wrapped" {
  source = "./wrapped"
  zones  = ["eu-west-1a"]
}
