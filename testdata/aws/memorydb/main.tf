resource "aws_kms_key" "data" {}

resource "aws_memorydb_cluster" "good" {
  acl_name    = "open-access"
  name        = "good"
  node_type   = "db.t4g.small"
  kms_key_arn = aws_kms_key.data.arn
}

resource "aws_memorydb_cluster" "bad" {
  acl_name  = "open-access"
  name      = "bad"
  node_type = "db.t4g.small"
}

module "wrapped" {
  source       = "./wrapped"
  cluster_name = aws_memorydb_cluster.good.name
  key_arn      = aws_kms_key.data.arn
}

resource "aws_memorydb_snapshot" "bad" {
  name         = "bad"
  cluster_name = aws_memorydb_cluster.bad.name
}
