resource "aws_kms_key" "data" {}

resource "aws_networkfirewall_firewall_policy" "good" {
  name = "good"
  firewall_policy {
    stateless_default_actions          = ["aws:drop"]
    stateless_fragment_default_actions = ["aws:drop"]
  }
  encryption_configuration {
    type   = "CUSTOMER_KMS"
    key_id = aws_kms_key.data.arn
  }
}

resource "aws_networkfirewall_firewall_policy" "bad" {
  name = "bad"
  firewall_policy {
    stateless_default_actions          = ["aws:drop"]
    stateless_fragment_default_actions = ["aws:drop"]
  }
}

resource "aws_networkfirewall_firewall" "bad" {
  name                = "bad"
  vpc_id              = "vpc-1"
  firewall_policy_arn = aws_networkfirewall_firewall_policy.bad.arn
  subnet_mapping {
    subnet_id = "subnet-1"
  }
}

resource "aws_networkfirewall_rule_group" "bad" {
  name     = "bad"
  capacity = 10
  type     = "STATEFUL"
  rules    = "drop tcp any any -> any 23 (sid: 1;)"
  encryption_configuration {
    type = "AWS_OWNED_KMS_KEY"
  }
}

module "wrapped" {
  source     = "./wrapped"
  key_arn    = aws_kms_key.data.arn
  policy_arn = aws_networkfirewall_firewall_policy.good.arn
}
