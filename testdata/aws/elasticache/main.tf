resource "aws_kms_key" "cache" {}

resource "aws_elasticache_subnet_group" "cache" {
  name       = "cache"
  subnet_ids = ["subnet-1"]
}

resource "aws_elasticache_replication_group" "good" {
  replication_group_id       = "good"
  description                = "good"
  node_type                  = "cache.t4g.small"
  at_rest_encryption_enabled = true
  kms_key_id                 = aws_kms_key.cache.arn
  snapshot_retention_limit   = 7
}

resource "aws_elasticache_replication_group" "bad" {
  replication_group_id = "bad"
  description          = "bad"
  node_type            = "cache.t4g.small"
}

resource "aws_elasticache_cluster" "good" {
  cluster_id               = "good"
  engine                   = "redis"
  node_type                = "cache.t4g.small"
  num_cache_nodes          = 1
  subnet_group_name        = aws_elasticache_subnet_group.cache.name
  snapshot_retention_limit = 5
}

resource "aws_elasticache_cluster" "memcached" {
  cluster_id        = "memcached"
  engine            = "memcached"
  node_type         = "cache.t4g.small"
  num_cache_nodes   = 1
  subnet_group_name = "private"
}

resource "aws_elasticache_cluster" "member" {
  cluster_id           = "member"
  replication_group_id = aws_elasticache_replication_group.good.id
}

module "wrapped" {
  source = "./wrapped"
}
