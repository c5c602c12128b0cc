variable "protocol" {
  type = string
}

variable "health_path" {
  type = string
}

variable "load_balancer" {
  type = string
}

variable "ssl_policy" {
  type    = string
  default = null
}

resource "aws_lb_target_group" "this" {
  port     = 80
  protocol = var.protocol
  vpc_id   = "vpc-1"

  dynamic "health_check" {
    for_each = var.health_path == null ? [] : [var.health_path]
    content {
      path = health_check.value
    }
  }
}

resource "aws_lb_listener" "this" {
  load_balancer_arn = var.load_balancer
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = var.ssl_policy
  certificate_arn   = "arn:aws:acm:eu-west-1:111122223333:certificate/1"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this.arn
  }
}
