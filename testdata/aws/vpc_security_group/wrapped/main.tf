variable "name" {
  type = string
}

variable "vpc_id" {
  type = string
}

variable "port" {
  type = number
}

variable "cidr_block" {
  type = string
}

resource "aws_security_group" "this" {
  name        = var.name
  description = "For ${var.name}"
  vpc_id      = var.vpc_id
  dynamic "ingress" {
    for_each = [var.port]
    content {
      description = "the service"
      protocol    = "tcp"
      from_port   = ingress.value
      to_port     = ingress.value
      cidr_blocks = [var.cidr_block]
    }
  }
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  security_group_id = aws_security_group.this.id
  ip_protocol       = "tcp"
  from_port         = var.port
  to_port           = var.port
  cidr_ipv4         = var.cidr_block
}
