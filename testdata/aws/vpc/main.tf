resource "aws_vpc" "good" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_default_security_group" "good" {
  vpc_id = aws_vpc.good.id
}

resource "aws_vpc" "alone" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_vpc" "open" {
  cidr_block = "10.2.0.0/16"
}

resource "aws_default_security_group" "open" {
  vpc_id = aws_vpc.open.id
  ingress {
    protocol  = "-1"
    self      = true
    from_port = 0
    to_port   = 0
  }
}

resource "aws_vpc" "ruled" {
  cidr_block = "10.3.0.0/16"
}

resource "aws_default_security_group" "ruled" {
  vpc_id = aws_vpc.ruled.id
}

resource "aws_vpc_security_group_egress_rule" "ruled" {
  security_group_id = aws_default_security_group.ruled.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_default_security_group" "elsewhere" {
  vpc_id = "vpc-1"
}

resource "aws_default_security_group" "elsewhere_open" {
  vpc_id = "vpc-2"
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_eip" "nat" {
  domain = "vpc"
}

resource "aws_nat_gateway" "main" {
  allocation_id = aws_eip.nat.id
  subnet_id     = "subnet-1"
}

resource "aws_eip" "instance" {
  domain   = "vpc"
  instance = "i-1"
}

resource "aws_eip" "associated" {
  domain = "vpc"
}

resource "aws_eip_association" "associated" {
  allocation_id = aws_eip.associated.id
  instance_id   = "i-1"
}

resource "aws_eip" "balancer" {
  domain = "vpc"
}

resource "aws_lb" "main" {
  load_balancer_type = "network"
  subnet_mapping {
    subnet_id     = "subnet-1"
    allocation_id = aws_eip.balancer.id
  }
}

resource "aws_eip" "idle" {
  domain = "vpc"
}

module "good" {
  source              = "./wrapped"
  acceptance_required = true
  cidr_block          = "10.4.0.0/16"
  log_enabled         = true
  log_group_arn       = aws_cloudwatch_log_group.vpn.arn
  nat_gateway_id      = aws_nat_gateway.main.id
}

module "bad" {
  source               = "./wrapped"
  acceptance_required  = false
  cidr_block           = "0.0.0.0/0"
  network_interface_id = "eni-1"
}

resource "aws_cloudwatch_log_group" "vpn" {
  name = "vpn"
}

resource "aws_vpc_peering_connection" "main" {
  vpc_id      = aws_vpc.good.id
  peer_vpc_id = aws_vpc.alone.id
}

resource "aws_route_table" "peering" {
  vpc_id = aws_vpc.good.id
  route {
    cidr_block                = "10.1.0.0/16"
    vpc_peering_connection_id = aws_vpc_peering_connection.main.id
  }
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.main.id
  }
}

resource "aws_route_table" "peering_all" {
  vpc_id = aws_vpc.good.id
  route {
    ipv6_cidr_block           = "::/0"
    vpc_peering_connection_id = aws_vpc_peering_connection.main.id
  }
}

resource "aws_route_table" "instance" {
  vpc_id = aws_vpc.good.id
  route {
    cidr_block           = "0.0.0.0/0"
    network_interface_id = "eni-1"
  }
}

resource "aws_route" "good" {
  route_table_id            = aws_route_table.instance.id
  destination_cidr_block    = "10.1.0.0/16"
  vpc_peering_connection_id = aws_vpc_peering_connection.main.id
}

resource "aws_route" "all" {
  route_table_id            = aws_route_table.instance.id
  destination_cidr_block    = "0.0.0.0/0"
  vpc_peering_connection_id = aws_vpc_peering_connection.main.id
}

resource "aws_vpn_connection" "bare" {
  customer_gateway_id = "cgw-1"
  transit_gateway_id  = "tgw-1"
  type                = "ipsec.1"
}
