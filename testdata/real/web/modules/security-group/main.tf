variable "name" {}
variable "description" { default = "Security Group managed by Terraform" }
variable "vpc_id" {}
variable "ingress_rules" { default = [] }
variable "ingress_cidr_blocks" { default = [] }
variable "computed_ingress_with_source_security_group_id" { default = [] }
variable "number_of_computed_ingress_with_source_security_group_id" { default = 0 }
variable "egress_rules" { default = ["all-all"] }

locals {
  rules = {
    https-443-tcp  = [443, 443, "tcp", "HTTPS"]
    http-80-tcp    = [80, 80, "tcp", "HTTP"]
    ssh-tcp        = [22, 22, "tcp", "SSH"]
    postgresql-tcp = [5432, 5432, "tcp", "PostgreSQL"]
    all-all        = [-1, -1, "-1", "All protocols"]
  }
}

resource "aws_security_group" "this" {
  name_prefix = "${var.name}-"
  description = var.description
  vpc_id      = var.vpc_id
  lifecycle { create_before_destroy = true }
}

resource "aws_security_group_rule" "ingress_rules" {
  count             = length(var.ingress_rules)
  security_group_id = aws_security_group.this.id
  type              = "ingress"
  cidr_blocks       = var.ingress_cidr_blocks
  from_port         = local.rules[var.ingress_rules[count.index]][0]
  to_port           = local.rules[var.ingress_rules[count.index]][1]
  protocol          = local.rules[var.ingress_rules[count.index]][2]
  description       = local.rules[var.ingress_rules[count.index]][3]
}

resource "aws_security_group_rule" "computed" {
  count                    = var.number_of_computed_ingress_with_source_security_group_id
  security_group_id        = aws_security_group.this.id
  type                     = "ingress"
  source_security_group_id = var.computed_ingress_with_source_security_group_id[count.index].source_security_group_id
  from_port                = local.rules[var.computed_ingress_with_source_security_group_id[count.index].rule][0]
  to_port                  = local.rules[var.computed_ingress_with_source_security_group_id[count.index].rule][1]
  protocol                 = local.rules[var.computed_ingress_with_source_security_group_id[count.index].rule][2]
}

resource "aws_security_group_rule" "egress_rules" {
  count             = length(var.egress_rules)
  security_group_id = aws_security_group.this.id
  type              = "egress"
  cidr_blocks       = ["0.0.0.0/0"]
  from_port         = local.rules[var.egress_rules[count.index]][0]
  to_port           = local.rules[var.egress_rules[count.index]][1]
  protocol          = local.rules[var.egress_rules[count.index]][2]
}

output "security_group_id" { value = aws_security_group.this.id }
