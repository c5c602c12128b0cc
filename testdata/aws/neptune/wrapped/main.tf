variable "key" {
  default = null
}

resource "aws_neptune_cluster" "this" {
  cluster_identifier    = "good"
  skip_final_snapshot   = true
  storage_encrypted     = true
  kms_key_arn           = var.key
  copy_tags_to_snapshot = true
}

resource "aws_neptune_cluster_snapshot" "this" {
  db_cluster_identifier          = aws_neptune_cluster.this.id
  db_cluster_snapshot_identifier = "good"
}
