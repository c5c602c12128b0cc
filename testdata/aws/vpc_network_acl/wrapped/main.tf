variable "vpc_id" {
  type = string
}

variable "ports" {
  type = list(number)
}

resource "aws_network_acl" "this" {
  vpc_id     = var.vpc_id
  subnet_ids = ["subnet-2"]
}

resource "aws_network_acl_rule" "this" {
  count          = length(var.ports)
  network_acl_id = aws_network_acl.this.id
  rule_number    = 100 + count.index
  rule_action    = "allow"
  protocol       = "tcp"
  from_port      = var.ports[count.index]
  to_port        = var.ports[count.index]
  cidr_block     = "0.0.0.0/0"
}
