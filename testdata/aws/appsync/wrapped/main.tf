variable "log_role" {
  default = null
}

variable "waf" {
  default = false
}

resource "aws_appsync_graphql_api" "this" {
  name                = "api"
  authentication_type = "AWS_IAM"
  dynamic "log_config" {
    for_each = var.log_role == null ? [] : [1]
    content {
      cloudwatch_logs_role_arn = var.log_role
      field_log_level          = "ERROR"
    }
  }
}

resource "aws_wafv2_web_acl" "this" {
  count = var.waf ? 1 : 0
  name  = "acl"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "acl"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_web_acl_association" "this" {
  count        = var.waf ? 1 : 0
  resource_arn = aws_appsync_graphql_api.this.arn
  web_acl_arn  = aws_wafv2_web_acl.this[0].arn
}
