variable "waf" {}

resource "aws_lb" "this" { subnets = ["subnet-1", "subnet-2"] }

resource "aws_lb_listener" "this" {
  load_balancer_arn = aws_lb.this.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = "arn:aws:acm:eu-west-1:111122223333:certificate/c"
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}

resource "aws_wafv2_web_acl" "this" {
  name  = "front"
  scope = "REGIONAL"
  default_action {
    dynamic "allow" {
      for_each = var.waf == "allow" ? [1] : []
      content {}
    }
    dynamic "block" {
      for_each = var.waf == "allow" ? [] : [1]
      content {}
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "front"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_web_acl_association" "this" {
  count        = var.waf == "none" ? 0 : 1
  resource_arn = aws_lb.this.arn
  web_acl_arn  = aws_wafv2_web_acl.this.arn
}
