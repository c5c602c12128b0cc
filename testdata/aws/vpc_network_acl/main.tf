resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "main" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_network_acl" "closed" {
  vpc_id     = aws_vpc.main.id
  subnet_ids = [aws_subnet.main.id]
  ingress {
    rule_no    = 100
    action     = "deny"
    protocol   = "tcp"
    from_port  = 20
    to_port    = 22
    cidr_block = "0.0.0.0/0"
  }
  ingress {
    rule_no    = 110
    action     = "deny"
    protocol   = "6"
    from_port  = 3389
    to_port    = 3389
    cidr_block = "0.0.0.0/0"
  }
  ingress {
    rule_no    = 200
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "0.0.0.0/0"
  }
}

resource "aws_network_acl" "open_to_ipv6" {
  vpc_id = aws_vpc.main.id
  ingress {
    rule_no    = 100
    action     = "deny"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "0.0.0.0/0"
  }
  ingress {
    rule_no         = 200
    action          = "allow"
    protocol        = "-1"
    from_port       = 0
    to_port         = 0
    ipv6_cidr_block = "::/0"
  }
}

resource "aws_network_acl" "later" {
  vpc_id = aws_vpc.main.id
}

resource "aws_network_acl_association" "later" {
  network_acl_id = aws_network_acl.later.id
  subnet_id      = "subnet-1"
}

resource "aws_network_acl_rule" "deny" {
  network_acl_id = aws_network_acl.later.id
  rule_number    = 90
  rule_action    = "deny"
  protocol       = "tcp"
  from_port      = 20
  to_port        = 3400
  cidr_block     = "0.0.0.0/0"
}

resource "aws_network_acl_rule" "allow" {
  network_acl_id = aws_network_acl.later.id
  rule_number    = 100
  rule_action    = "allow"
  protocol       = "-1"
  cidr_block     = "0.0.0.0/0"
}

resource "aws_network_acl_rule" "allow_too" {
  network_acl_id = aws_network_acl.later.id
  rule_number    = 80
  rule_action    = "allow"
  protocol       = "tcp"
  from_port      = 0
  to_port        = 65535
  cidr_block     = "0.0.0.0/0"
}

resource "aws_network_acl_rule" "egress" {
  network_acl_id = aws_network_acl.later.id
  egress         = true
  rule_number    = 100
  rule_action    = "allow"
  protocol       = "-1"
  cidr_block     = "0.0.0.0/0"
}

resource "aws_default_network_acl" "main" {
  default_network_acl_id = aws_vpc.main.default_network_acl_id
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "0.0.0.0/0"
  }
}

module "https" {
  source = "./wrapped"
  vpc_id = aws_vpc.main.id
  ports  = [443]
}

module "shells" {
  source = "./wrapped"
  vpc_id = aws_vpc.main.id
  ports  = [20, 21, 22, 3389]
}
