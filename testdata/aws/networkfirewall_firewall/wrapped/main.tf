variable "log" {
  default = false
}

variable "protection" {
  default = null
}

variable "action" {}

resource "aws_networkfirewall_firewall_policy" "this" {
  name = "policy"
  firewall_policy {
    stateless_default_actions          = [var.action]
    stateless_fragment_default_actions = [var.action]
  }
}

resource "aws_networkfirewall_firewall" "this" {
  name                     = "firewall"
  firewall_policy_arn      = aws_networkfirewall_firewall_policy.this.arn
  vpc_id                   = "vpc-1"
  delete_protection        = var.protection
  subnet_change_protection = var.protection
  subnet_mapping {
    subnet_id = "subnet-1"
  }
}

resource "aws_networkfirewall_logging_configuration" "this" {
  count        = var.log ? 1 : 0
  firewall_arn = aws_networkfirewall_firewall.this.arn
  logging_configuration {
    log_destination_config {
      log_type             = "ALERT"
      log_destination_type = "CloudWatchLogs"
      log_destination      = { logGroup = "firewall" }
    }
  }
}
