variable "key" {}

variable "groups" {}

variable "logs" {}

resource "aws_opensearch_domain" "this" {
  domain_name = "good"
  cluster_config {
    instance_count           = 3
    dedicated_master_enabled = true
    dedicated_master_count   = 3
    dedicated_master_type    = "m6g.large.search"
    zone_awareness_enabled   = true
    zone_awareness_config {
      availability_zone_count = 3
    }
  }
  encrypt_at_rest {
    enabled    = true
    kms_key_id = var.key
  }
  vpc_options {
    subnet_ids         = ["subnet-1", "subnet-2", "subnet-3"]
    security_group_ids = var.groups
  }
  dynamic "log_publishing_options" {
    for_each = var.logs
    content {
      log_type                 = log_publishing_options.key
      cloudwatch_log_group_arn = log_publishing_options.value
    }
  }
}
