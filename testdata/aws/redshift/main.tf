resource "aws_kms_key" "data" {}

resource "aws_redshift_subnet_group" "main" {
  name       = "main"
  subnet_ids = ["subnet-1", "subnet-2"]
}

resource "aws_redshift_cluster" "good" {
  cluster_identifier        = "good"
  node_type                 = "ra3.large"
  database_name             = "sales"
  master_username           = "owner"
  manage_master_password    = true
  cluster_subnet_group_name = aws_redshift_subnet_group.main.name
  encrypted                 = true
  kms_key_id                = aws_kms_key.data.arn
  multi_az                  = true
}

resource "aws_redshift_cluster" "bare" {
  cluster_identifier = "bare"
  node_type          = "ra3.large"
}

module "bad" {
  source          = "./wrapped"
  database_name   = "dev"
  master_username = "awsuser"
}

resource "aws_redshift_parameter_group" "good" {
  name   = "good"
  family = "redshift-1.0"
  parameter {
    name  = "require_ssl"
    value = "true"
  }
}

resource "aws_redshift_parameter_group" "bare" {
  name   = "bare"
  family = "redshift-1.0"
}

resource "aws_redshiftserverless_namespace" "good" {
  namespace_name = "good"
  kms_key_id     = aws_kms_key.data.arn
}

resource "aws_redshiftserverless_namespace" "bad" {
  namespace_name = "bad"
}

resource "aws_redshift_snapshot_copy_grant" "good" {
  snapshot_copy_grant_name = "good"
  kms_key_id               = aws_kms_key.data.arn
}

resource "aws_redshift_snapshot_copy_grant" "bad" {
  snapshot_copy_grant_name = "bad"
}
