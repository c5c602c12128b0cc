variable "api_id" {
  type = string
}

variable "authorization_type" {
  type    = string
  default = null
}

variable "log_group_arn" {
  type    = string
  default = null
}

resource "aws_apigatewayv2_route" "this" {
  api_id             = var.api_id
  route_key          = "GET /"
  authorization_type = var.authorization_type
}

resource "aws_apigatewayv2_stage" "this" {
  api_id = var.api_id
  name   = "$default"
  dynamic "access_log_settings" {
    for_each = var.log_group_arn == null ? [] : [1]
    content {
      destination_arn = var.log_group_arn
      format          = "$context.requestId"
    }
  }
}
