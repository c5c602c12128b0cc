variable "cidr" {}

resource "aws_security_group" "inline" {
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = [var.cidr]
  }
}

resource "aws_security_group" "classic" {}

resource "aws_security_group_rule" "classic" {
  security_group_id = aws_security_group.classic.id
  type              = "ingress"
  from_port         = 22
  to_port           = 22
  protocol          = "tcp"
  cidr_blocks       = [var.cidr]
}

resource "aws_security_group_rule" "egress" {
  security_group_id = aws_security_group.classic.id
  type              = "egress"
  from_port         = 0
  to_port           = 0
  protocol          = "-1"
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_security_group" "modern" {}

resource "aws_vpc_security_group_ingress_rule" "modern" {
  security_group_id = aws_security_group.modern.id
  from_port         = 22
  to_port           = 22
  ip_protocol       = "tcp"
  cidr_ipv4         = var.cidr
}
