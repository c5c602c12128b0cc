variable "kms_key_id" {
  type    = string
  default = null
}

variable "port" {
  type    = number
  default = null
}

variable "zones" {
  type = list(string)
}

resource "aws_rds_cluster" "this" {
  cluster_identifier          = "bad"
  engine                      = "aurora-mysql"
  kms_key_id                  = var.kms_key_id
  master_username             = "admin"
  manage_master_user_password = true
  port                        = var.port
  availability_zones          = var.zones
}

resource "aws_rds_cluster_instance" "this" {
  cluster_identifier = aws_rds_cluster.this.id
  engine             = aws_rds_cluster.this.engine
  instance_class     = "db.r6g.large"
}

resource "aws_db_cluster_snapshot" "this" {
  db_cluster_identifier          = aws_rds_cluster.this.id
  db_cluster_snapshot_identifier = "bad"
}
