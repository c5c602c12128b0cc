resource "aws_kms_key" "key" {}

module "good" {
  source = "./wrapped"
  key    = aws_kms_key.key.arn
}

resource "aws_neptune_cluster" "bad" {
  cluster_identifier  = "bad"
  skip_final_snapshot = true
}

resource "aws_neptune_cluster_snapshot" "bad" {
  db_cluster_identifier          = aws_neptune_cluster.bad.id
  db_cluster_snapshot_identifier = "bad"
}

resource "aws_neptune_cluster_snapshot" "elsewhere" {
  db_cluster_identifier          = "elsewhere"
  db_cluster_snapshot_identifier = "elsewhere"
}
