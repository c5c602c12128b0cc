variable "key_arn" {
  type = string
}

variable "policy_arn" {
  type = string
}

resource "aws_networkfirewall_firewall" "this" {
  name                = "wrapped"
  vpc_id              = "vpc-1"
  firewall_policy_arn = var.policy_arn
  subnet_mapping {
    subnet_id = "subnet-1"
  }
  encryption_configuration {
    type   = "CUSTOMER_KMS"
    key_id = var.key_arn
  }
}

resource "aws_networkfirewall_rule_group" "this" {
  name     = "wrapped"
  capacity = 10
  type     = "STATEFUL"
  rules    = "drop tcp any any -> any 23 (sid: 1;)"
  encryption_configuration {
    type   = "CUSTOMER_KMS"
    key_id = var.key_arn
  }
}
