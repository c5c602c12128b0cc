resource "aws_launch_template" "app" {
  image_id      = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
}

resource "aws_lb_target_group" "app" {
  port     = 443
  protocol = "HTTPS"
  vpc_id   = "vpc-1"
}

resource "aws_launch_configuration" "good" {
  image_id      = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }
}

resource "aws_launch_configuration" "bare" {
  image_id      = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
}

resource "aws_launch_configuration" "bad" {
  image_id         = "ami-0123456789abcdef0"
  instance_type    = "t3.micro"
  user_data_base64 = base64encode("export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE\n")
  metadata_options {
    http_put_response_hop_limit = 2
  }
}

resource "aws_launch_configuration" "text" {
  image_id      = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  user_data     = "export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE\n"
}

resource "aws_launch_configuration" "harmless" {
  image_id         = "ami-0123456789abcdef0"
  instance_type    = "t3.micro"
  user_data_base64 = base64encode("echo hello\n")
}

resource "aws_autoscaling_group" "good" {
  max_size            = 2
  min_size            = 1
  health_check_type   = "ELB"
  target_group_arns   = [aws_lb_target_group.app.arn]
  vpc_zone_identifier = ["subnet-1", "subnet-2"]
  launch_template {
    id      = aws_launch_template.app.id
    version = "1"
  }
  tag {
    key                 = "team"
    value               = "web"
    propagate_at_launch = true
  }
}

resource "aws_autoscaling_group" "bad" {
  max_size            = 2
  min_size            = 1
  target_group_arns   = [aws_lb_target_group.app.arn]
  vpc_zone_identifier = ["subnet-1", "subnet-2"]
  launch_template {
    id      = aws_launch_template.app.id
    version = "1"
  }
  tag {
    key                 = "team"
    value               = "web"
    propagate_at_launch = false
  }
}

resource "aws_autoscaling_group" "alone" {
  max_size            = 2
  min_size            = 1
  vpc_zone_identifier = ["subnet-1", "subnet-2"]
  launch_template {
    id      = aws_launch_template.app.id
    version = "1"
  }
}

module "good" {
  source            = "./wrapped"
  target_group_arn  = aws_lb_target_group.app.arn
  launch_template   = aws_launch_template.app.id
  health_check_type = "ELB"
  tags              = { team = "web" }
}

module "bad" {
  source           = "./wrapped"
  target_group_arn = aws_lb_target_group.app.arn
  launch_template  = aws_launch_template.app.id
}
