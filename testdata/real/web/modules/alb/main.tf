variable "name" {}
variable "internal" { default = null }
variable "subnets" { default = [] }
variable "security_groups" { default = [] }
variable "vpc_id" { default = null }
variable "drop_invalid_header_fields" { default = true }
variable "enable_deletion_protection" { default = true }
variable "access_logs" { default = {} }
variable "listeners" { default = {} }
variable "target_groups" { default = {} }
variable "web_acl_arn" { default = null }
variable "associate_web_acl" { default = false }

resource "aws_lb" "this" {
  name                       = var.name
  internal                   = var.internal
  load_balancer_type         = "application"
  subnets                    = var.subnets
  security_groups            = var.security_groups
  drop_invalid_header_fields = var.drop_invalid_header_fields
  enable_deletion_protection = var.enable_deletion_protection
  dynamic "access_logs" {
    for_each = length(var.access_logs) > 0 ? [var.access_logs] : []
    content {
      bucket  = access_logs.value.bucket
      enabled = try(access_logs.value.enabled, true)
      prefix  = try(access_logs.value.prefix, null)
    }
  }
}

resource "aws_lb_listener" "this" {
  for_each          = var.listeners
  load_balancer_arn = aws_lb.this.arn
  port              = try(each.value.port, 80)
  protocol          = try(each.value.protocol, "HTTP")
  ssl_policy        = contains(["HTTPS", "TLS"], try(each.value.protocol, "HTTP")) ? try(each.value.ssl_policy, "ELBSecurityPolicy-TLS13-1-2-Res-2021-06") : try(each.value.ssl_policy, null)
  certificate_arn   = try(each.value.certificate_arn, null)

  dynamic "default_action" {
    for_each = try([each.value.redirect], [])
    content {
      type = "redirect"
      redirect {
        port        = try(default_action.value.port, null)
        protocol    = try(default_action.value.protocol, null)
        status_code = default_action.value.status_code
      }
    }
  }

  dynamic "default_action" {
    for_each = try([each.value.forward], [])
    content {
      type             = "forward"
      target_group_arn = try(aws_lb_target_group.this[default_action.value.target_group_key].arn, null)
    }
  }
}

resource "aws_lb_target_group" "this" {
  for_each             = var.target_groups
  name_prefix          = try(each.value.name_prefix, null)
  port                 = try(each.value.port, 80)
  protocol             = try(each.value.protocol, "HTTP")
  vpc_id               = try(each.value.vpc_id, var.vpc_id)
  deregistration_delay = try(each.value.deregistration_delay, null)
  dynamic "health_check" {
    for_each = try([each.value.health_check], [])
    content {
      path     = try(health_check.value.path, null)
      protocol = try(health_check.value.protocol, null)
    }
  }
}

resource "aws_wafv2_web_acl_association" "this" {
  count        = var.associate_web_acl ? 1 : 0
  resource_arn = aws_lb.this.arn
  web_acl_arn  = var.web_acl_arn
}

output "arn" { value = aws_lb.this.arn }
output "target_groups" { value = aws_lb_target_group.this }
