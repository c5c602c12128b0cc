resource "aws_wafv2_web_acl" "good" {
  name  = "good"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  rule {
    name     = "bad-inputs"
    priority = 1
    override_action {
      none {}
    }
    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesKnownBadInputsRuleSet"
        vendor_name = "AWS"
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "bad-inputs"
      sampled_requests_enabled   = true
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "good"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_web_acl" "counted" {
  name  = "counted"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  rule {
    name     = "bad-inputs"
    priority = 1
    override_action {
      count {}
    }
    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesKnownBadInputsRuleSet"
        vendor_name = "AWS"
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "bad-inputs"
      sampled_requests_enabled   = true
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "counted"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_web_acl" "rule_counted" {
  name  = "rule_counted"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  rule {
    name     = "bad-inputs"
    priority = 1
    override_action {
      none {}
    }
    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesKnownBadInputsRuleSet"
        vendor_name = "AWS"
        rule_action_override {
          name = "Log4JRCE_BODY"
          action_to_use {
            count {}
          }
        }
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "bad-inputs"
      sampled_requests_enabled   = true
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "rule_counted"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_web_acl" "other" {
  name  = "other"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  rule {
    name     = "common"
    priority = 1
    override_action {
      none {}
    }
    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesCommonRuleSet"
        vendor_name = "AWS"
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "common"
      sampled_requests_enabled   = true
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "other"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_web_acl" "empty" {
  name  = "empty"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "empty"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_web_acl" "no_action" {
  name  = "no_action"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  rule {
    name     = "geo"
    priority = 1
    action {}
    statement {
      geo_match_statement {
        country_codes = ["AQ"]
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "geo"
      sampled_requests_enabled   = true
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "no_action"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_web_acl_logging_configuration" "good" {
  resource_arn            = aws_wafv2_web_acl.good.arn
  log_destination_configs = ["arn:aws:logs:eu-west-1:111122223333:log-group:aws-waf-logs-a"]
}

resource "aws_wafv2_rule_group" "good" {
  name     = "good"
  scope    = "REGIONAL"
  capacity = 10
  rule {
    name     = "geo"
    priority = 1
    action {
      block {}
    }
    statement {
      geo_match_statement {
        country_codes = ["AQ"]
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "geo"
      sampled_requests_enabled   = true
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "good"
    sampled_requests_enabled   = true
  }
}

resource "aws_waf_web_acl" "good" {
  name        = "good"
  metric_name = "good"
  default_action {
    type = "ALLOW"
  }
  rules {
    priority = 1
    rule_id  = "r"
    action {
      type = "BLOCK"
    }
  }
  logging_configuration {
    log_destination = "arn:aws:firehose:us-east-1:111122223333:deliverystream/aws-waf-logs-a"
  }
}

resource "aws_waf_web_acl" "bad" {
  name        = "bad"
  metric_name = "bad"
  default_action {
    type = "ALLOW"
  }
}

module "good" {
  source      = "./wrapped"
  rule        = "r"
  destination = "arn:aws:firehose:eu-west-1:111122223333:deliverystream/aws-waf-logs-a"
}

module "bad" {
  source = "./wrapped"
}
