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

module "plain" {
  source = "./modules/front"
  waf    = "block"
}

module "x" {
  source   = "./modules/front"
  for_each = { "a.b" = "block", "c" = "none" }
  waf      = each.value
}

module "y" {
  source = "./modules/outer"
  count  = 2
  waf    = count.index == 0 ? "allow" : "block"
}
