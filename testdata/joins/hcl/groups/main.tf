resource "aws_security_group" "inline" {
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "classic" {}

resource "aws_security_group_rule" "classic" {
  security_group_id = aws_security_group.classic.id
  type              = "ingress"
  from_port         = 22
  to_port           = 22
  protocol          = "tcp"
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_security_group" "modern" {}

resource "aws_vpc_security_group_ingress_rule" "modern" {
  security_group_id = aws_security_group.modern.id
  from_port         = 22
  to_port           = 22
  ip_protocol       = "tcp"
  cidr_ipv4         = "10.0.0.0/8"
}

resource "aws_security_group" "empty" {}

module "plain" {
  source = "./modules/group"
  cidr   = "10.0.0.0/8"
}

module "x" {
  source   = "./modules/group"
  for_each = { "a.b" = "0.0.0.0/0", "c" = "10.0.0.0/8" }
  cidr     = each.value
}

module "y" {
  source = "./modules/outer"
  count  = 2
  cidr   = count.index == 0 ? "10.0.0.0/8" : "0.0.0.0/0"
}
