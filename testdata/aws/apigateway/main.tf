resource "aws_api_gateway_rest_api" "public" {
  name = "public"
  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_rest_api" "edge" {
  name = "edge"
}

resource "aws_api_gateway_rest_api" "private" {
  name = "private"
  endpoint_configuration {
    types = ["PRIVATE"]
  }
}

resource "aws_api_gateway_rest_api" "guarded" {
  name = "guarded"
}

resource "aws_api_gateway_rest_api_policy" "guarded" {
  rest_api_id = aws_api_gateway_rest_api.guarded.id
  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Principal = "*", Action = "execute-api:Invoke", Resource = "*" },
      { Effect = "Deny", Principal = "*", Action = "execute-api:Invoke", Resource = "*",
      Condition = { NotIpAddress = { "aws:SourceIp" = "192.0.2.0/24" } } },
    ]
  })
}

resource "aws_api_gateway_client_certificate" "backend" {}

resource "aws_api_gateway_stage" "good" {
  deployment_id         = "abc"
  rest_api_id           = aws_api_gateway_rest_api.public.id
  stage_name            = "good"
  cache_cluster_enabled = true
  cache_cluster_size    = "0.5"
  client_certificate_id = aws_api_gateway_client_certificate.backend.id
}

resource "aws_api_gateway_method_settings" "good" {
  rest_api_id = aws_api_gateway_rest_api.public.id
  stage_name  = aws_api_gateway_stage.good.stage_name
  method_path = "*/*"
  settings {
    logging_level        = "INFO"
    caching_enabled      = true
    cache_data_encrypted = true
  }
}

resource "aws_wafv2_web_acl" "this" {
  name  = "a"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  visibility_config {
    cloudwatch_metrics_enabled = false
    metric_name                = "a"
    sampled_requests_enabled   = false
  }
}

resource "aws_wafv2_web_acl_association" "good" {
  resource_arn = aws_api_gateway_stage.good.arn
  web_acl_arn  = aws_wafv2_web_acl.this.arn
}

resource "aws_api_gateway_stage" "bad" {
  deployment_id = "abc"
  rest_api_id   = aws_api_gateway_rest_api.public.id
  stage_name    = "bad"
}

resource "aws_api_gateway_method_settings" "bad" {
  rest_api_id = aws_api_gateway_rest_api.public.id
  stage_name  = aws_api_gateway_stage.bad.stage_name
  method_path = "*/*"
  settings {
    logging_level   = "OFF"
    caching_enabled = true
  }
}

resource "aws_api_gateway_method_settings" "nothing" {
  rest_api_id = aws_api_gateway_rest_api.public.id
  stage_name  = aws_api_gateway_stage.bad.stage_name
  method_path = "a/GET"
  settings {
    metrics_enabled = true
  }
}

resource "aws_api_gateway_stage" "private" {
  deployment_id = "abc"
  rest_api_id   = aws_api_gateway_rest_api.private.id
  stage_name    = "private"
}

resource "aws_api_gateway_request_validator" "all" {
  rest_api_id                 = aws_api_gateway_rest_api.public.id
  name                        = "all"
  validate_request_parameters = true
}

resource "aws_api_gateway_method" "good" {
  rest_api_id          = aws_api_gateway_rest_api.public.id
  resource_id          = aws_api_gateway_rest_api.public.root_resource_id
  http_method          = "GET"
  authorization        = "AWS_IAM"
  request_validator_id = aws_api_gateway_request_validator.all.id
}

resource "aws_api_gateway_method" "bad" {
  rest_api_id   = aws_api_gateway_rest_api.public.id
  resource_id   = aws_api_gateway_rest_api.public.root_resource_id
  http_method   = "POST"
  authorization = "NONE"
}

resource "aws_api_gateway_method" "edge" {
  rest_api_id   = aws_api_gateway_rest_api.edge.id
  resource_id   = aws_api_gateway_rest_api.edge.root_resource_id
  http_method   = "POST"
  authorization = "NONE"
}

resource "aws_api_gateway_method" "private" {
  rest_api_id   = aws_api_gateway_rest_api.private.id
  resource_id   = aws_api_gateway_rest_api.private.root_resource_id
  http_method   = "POST"
  authorization = "NONE"
}

resource "aws_api_gateway_method" "guarded" {
  rest_api_id   = aws_api_gateway_rest_api.guarded.id
  resource_id   = aws_api_gateway_rest_api.guarded.root_resource_id
  http_method   = "POST"
  authorization = "NONE"
}

resource "aws_apigatewayv2_api" "http" {
  name          = "http"
  protocol_type = "HTTP"
}

resource "aws_cloudwatch_log_group" "api" {
  name = "api"
}

module "good" {
  source             = "./wrapped"
  api_id             = aws_apigatewayv2_api.http.id
  authorization_type = "AWS_IAM"
  log_group_arn      = aws_cloudwatch_log_group.api.arn
}

module "bad" {
  source = "./wrapped"
  api_id = aws_apigatewayv2_api.http.id
}
