module "good" {
  source     = "./wrapped"
  log        = true
  protection = true
  action     = "aws:forward_to_sfe"
}

module "bad" {
  source = "./wrapped"
  action = "aws:pass"
}

resource "aws_networkfirewall_rule_group" "domains" {
  name     = "domains"
  type     = "STATEFUL"
  capacity = 10
  rule_group {
    rules_source {
      rules_source_list {
        generated_rules_type = "DENYLIST"
        target_types         = ["HTTP_HOST"]
        targets              = ["example.com"]
      }
    }
  }
}

resource "aws_networkfirewall_firewall_policy" "good" {
  name = "good"
  firewall_policy {
    stateless_default_actions          = ["aws:drop"]
    stateless_fragment_default_actions = ["aws:drop"]
    stateful_rule_group_reference {
      resource_arn = aws_networkfirewall_rule_group.domains.arn
    }
  }
}
