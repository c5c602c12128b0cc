variable "subnet_group_name" {
  type    = string
  default = null
}

variable "snapshot_retention_limit" {
  type    = number
  default = null
}

resource "aws_elasticache_cluster" "this" {
  cluster_id               = "wrapped"
  engine                   = "redis"
  node_type                = "cache.t4g.small"
  num_cache_nodes          = 1
  subnet_group_name        = var.subnet_group_name
  snapshot_retention_limit = var.snapshot_retention_limit
}
