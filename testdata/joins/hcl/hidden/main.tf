module "net" { source = "./modules/net" }

resource "aws_vpc" "outside" { cidr_block = "10.2.0.0/16" }

resource "aws_vpc" "logged" { cidr_block = "10.3.0.0/16" }

resource "aws_flow_log" "logged" {
  vpc_id               = aws_vpc.logged.id
  traffic_type         = "ALL"
  log_destination      = "arn:aws:s3:::logs"
  log_destination_type = "s3"
}

resource "aws_lb_target_group" "this" {
  port     = 443
  protocol = "HTTPS"
  vpc_id   = "vpc-1"
}

resource "aws_ecs_service" "dynamic" {
  name = "dynamic"
  dynamic "load_balancer" {
    for_each = [aws_lb_target_group.this.arn]
    content {
      target_group_arn = load_balancer.value
      container_name   = "web"
      container_port   = 443
    }
  }
}

resource "aws_ecs_service" "literal" {
  name = "literal"
  load_balancer {
    target_group_arn = aws_lb_target_group.this.arn
    container_name   = "web"
    container_port   = 443
  }
}

resource "aws_ecs_service" "none" { name = "none" }
