variable "rule" {
  type    = string
  default = null
}

variable "destination" {
  type    = string
  default = null
}

resource "aws_wafregional_web_acl" "this" {
  name        = "wrapped"
  metric_name = "wrapped"
  default_action {
    type = "ALLOW"
  }
  dynamic "rule" {
    for_each = var.rule[*]
    content {
      priority = 1
      rule_id  = rule.value
      action {
        type = "BLOCK"
      }
    }
  }
  dynamic "logging_configuration" {
    for_each = var.destination[*]
    content {
      log_destination = logging_configuration.value
    }
  }
}
