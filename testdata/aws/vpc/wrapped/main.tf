variable "acceptance_required" {
  type = bool
}

variable "cidr_block" {
  type = string
}

variable "log_enabled" {
  type    = bool
  default = null
}

variable "log_group_arn" {
  type    = string
  default = null
}

variable "nat_gateway_id" {
  type    = string
  default = null
}

variable "network_interface_id" {
  type    = string
  default = null
}

resource "aws_vpc_endpoint_service" "this" {
  acceptance_required        = var.acceptance_required
  network_load_balancer_arns = ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/x/1"]
}

resource "aws_vpn_connection" "this" {
  customer_gateway_id = "cgw-1"
  transit_gateway_id  = "tgw-1"
  type                = "ipsec.1"
  tunnel1_log_options {
    cloudwatch_log_options {
      log_enabled       = true
      log_group_arn     = var.log_group_arn
      log_output_format = "json"
    }
  }
  tunnel2_log_options {
    cloudwatch_log_options {
      log_enabled       = var.log_enabled
      log_group_arn     = var.log_group_arn
      log_output_format = "json"
    }
  }
}

resource "aws_route" "peering" {
  route_table_id            = "rtb-1"
  destination_cidr_block    = var.cidr_block
  vpc_peering_connection_id = "pcx-1"
}

resource "aws_route" "default" {
  route_table_id         = "rtb-2"
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = var.nat_gateway_id
  network_interface_id   = var.network_interface_id
}
