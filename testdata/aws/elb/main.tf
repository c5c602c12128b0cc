variable "internal" {
  type    = bool
  default = null
}

resource "aws_lb" "bad" {
  load_balancer_type = "network"
  subnets            = ["subnet-1"]
}

resource "aws_lb" "good" {
  load_balancer_type               = "network"
  internal                         = true
  enable_cross_zone_load_balancing = true
  subnets                          = ["subnet-1", "subnet-2"]
}

resource "aws_alb" "null" {
  internal = var.internal
  subnet_mapping {
    subnet_id = "subnet-1"
  }
  subnet_mapping {
    subnet_id = "subnet-2"
  }
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "main" {
  count      = 2
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.${count.index}.0/24"
}

resource "aws_elb" "good" {
  internal = true
  subnets  = aws_subnet.main[*].id
  listener {
    lb_port            = 443
    lb_protocol        = "https"
    instance_port      = 80
    instance_protocol  = "http"
    ssl_certificate_id = aws_acm_certificate.site.arn
  }
}

resource "aws_acm_certificate" "site" {
  domain_name       = "example.com"
  validation_method = "DNS"
}

resource "aws_elb" "bad" {
  availability_zones        = ["eu-west-1a"]
  cross_zone_load_balancing = false
  desync_mitigation_mode    = "monitor"
  listener {
    lb_port           = 80
    lb_protocol       = "http"
    instance_port     = 80
    instance_protocol = "http"
  }
}

module "wrapped" {
  source        = "./wrapped"
  protocol      = "HTTP"
  health_path   = null
  load_balancer = aws_lb.web.arn
}

module "safe" {
  source        = "./wrapped"
  protocol      = "HTTPS"
  health_path   = "/health"
  load_balancer = aws_lb.web.arn
  ssl_policy    = "ELBSecurityPolicy-TLS13-1-2-2021-06"
}

resource "aws_lb_target_group" "function" {
  name        = "function"
  target_type = "lambda"
}

resource "aws_lb" "web" {
  subnets = aws_subnet.main[*].id
}

resource "aws_lb" "counted" {
  subnets = aws_subnet.main[*].id
}

resource "aws_wafv2_web_acl" "blocking" {
  name  = "blocking"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  rule {
    name     = "known-bad-inputs"
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
      cloudwatch_metrics_enabled = false
      metric_name                = "m"
      sampled_requests_enabled   = false
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = false
    metric_name                = "m"
    sampled_requests_enabled   = false
  }
}

resource "aws_wafv2_web_acl" "counting" {
  name  = "counting"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  rule {
    name     = "known-bad-inputs"
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
      cloudwatch_metrics_enabled = false
      metric_name                = "m"
      sampled_requests_enabled   = false
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = false
    metric_name                = "m"
    sampled_requests_enabled   = false
  }
}

resource "aws_wafv2_web_acl_association" "web" {
  resource_arn = aws_lb.web.arn
  web_acl_arn  = aws_wafv2_web_acl.blocking.arn
}

resource "aws_wafv2_web_acl_association" "counted" {
  resource_arn = aws_lb.counted.arn
  web_acl_arn  = aws_wafv2_web_acl.counting.arn
}
