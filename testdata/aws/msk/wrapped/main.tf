variable "kms_key_arn" {
  type    = string
  default = null
}

resource "aws_msk_cluster" "this" {
  cluster_name           = "bad"
  kafka_version          = "3.6.0"
  number_of_broker_nodes = 3
  broker_node_group_info {
    instance_type   = "kafka.m5.large"
    client_subnets  = ["subnet-1", "subnet-2", "subnet-3"]
    security_groups = ["sg-1"]
  }
  encryption_info {
    encryption_at_rest_kms_key_arn = var.kms_key_arn
  }
}
