variable "logs" {}

locals {
  vpc_id = try(aws_vpc_ipv4_cidr_block_association.this[0].vpc_id, aws_vpc.this[0].id, "")
}

resource "aws_vpc" "this" {
  count      = 1
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc_ipv4_cidr_block_association" "this" {
  count      = 0
  vpc_id     = aws_vpc.this[0].id
  cidr_block = "10.1.0.0/16"
}

resource "aws_default_security_group" "this" { vpc_id = local.vpc_id }

resource "aws_flow_log" "this" {
  count                = var.logs == null ? 0 : 1
  vpc_id               = local.vpc_id
  traffic_type         = var.logs
  log_destination      = "arn:aws:s3:::logs"
  log_destination_type = "s3"
}
