resource "aws_iam_role" "log" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "appsync.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

module "good" {
  source   = "./wrapped"
  log_role = "arn:aws:iam::111122223333:role/log"
  waf      = true
}

module "silent" {
  source = "./wrapped"
}

resource "aws_appsync_graphql_api" "bad" {
  name                = "bad"
  authentication_type = "AWS_IAM"
  additional_authentication_provider {
    authentication_type = "API_KEY"
  }
  log_config {
    cloudwatch_logs_role_arn = aws_iam_role.log.arn
    field_log_level          = "NONE"
  }
}

resource "aws_appsync_api_cache" "good" {
  api_id                     = aws_appsync_graphql_api.bad.id
  api_caching_behavior       = "FULL_REQUEST_CACHING"
  type                       = "SMALL"
  ttl                        = 60
  at_rest_encryption_enabled = true
  transit_encryption_enabled = true
}

resource "aws_appsync_api_cache" "bad" {
  api_id               = aws_appsync_graphql_api.bad.id
  api_caching_behavior = "FULL_REQUEST_CACHING"
  type                 = "SMALL"
  ttl                  = 60
}
