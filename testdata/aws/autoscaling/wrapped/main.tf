variable "target_group_arn" {
  type = string
}

variable "launch_template" {
  type = string
}

variable "health_check_type" {
  type    = string
  default = null
}

variable "tags" {
  type    = map(string)
  default = {}
}

resource "aws_autoscaling_group" "this" {
  max_size            = 2
  min_size            = 1
  health_check_type   = var.health_check_type
  vpc_zone_identifier = ["subnet-1", "subnet-2"]
  launch_template {
    id      = var.launch_template
    version = "1"
  }
  dynamic "tag" {
    for_each = var.tags
    content {
      key                 = tag.key
      value               = tag.value
      propagate_at_launch = true
    }
  }
}

resource "aws_autoscaling_attachment" "this" {
  autoscaling_group_name = aws_autoscaling_group.this.name
  lb_target_group_arn    = var.target_group_arn
}
