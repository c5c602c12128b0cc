resource "aws_kms_key" "data" {}

resource "aws_docdb_cluster" "good" {
  cluster_identifier  = "good"
  master_username     = "owner"
  master_password     = "not-a-secret"
  storage_encrypted   = true
  kms_key_id          = aws_kms_key.data.arn
  skip_final_snapshot = true
}

resource "aws_docdb_cluster" "bad" {
  cluster_identifier  = "bad"
  master_username     = "owner"
  master_password     = "not-a-secret"
  storage_encrypted   = true
  skip_final_snapshot = true
}

resource "aws_docdb_cluster_parameter_group" "good" {
  family = "docdb5.0"
  parameter {
    name  = "tls"
    value = "enabled"
  }
  parameter {
    name  = "audit_logs"
    value = "enabled"
  }
}

resource "aws_docdb_cluster_parameter_group" "bare" {
  family = "docdb5.0"
}

resource "aws_docdb_global_cluster" "good" {
  global_cluster_identifier = "good"
  engine                    = "docdb"
  storage_encrypted         = true
}

resource "aws_docdb_global_cluster" "of_a_cluster" {
  global_cluster_identifier    = "of-a-cluster"
  source_db_cluster_identifier = aws_docdb_cluster.good.arn
}

resource "aws_docdb_global_cluster" "bad" {
  global_cluster_identifier = "bad"
  engine                    = "docdb"
}

module "wrapped" {
  source     = "./wrapped"
  parameters = { tls = "disabled", audit_logs = "disabled" }
}
