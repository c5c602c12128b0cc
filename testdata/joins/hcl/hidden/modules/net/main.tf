locals { vpc_id = aws_vpc.first.id }

resource "aws_vpc" "first" { cidr_block = "10.0.0.0/16" }

resource "aws_vpc" "second" { cidr_block = "10.1.0.0/16" }

resource "aws_flow_log" "this" {
  vpc_id               = local.vpc_id
  traffic_type         = "ALL"
  log_destination      = "arn:aws:s3:::logs"
  log_destination_type = "s3"
}
