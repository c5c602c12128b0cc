variable "name" {}
variable "image_id" {}
variable "instance_type" { default = null }
variable "security_groups" { default = [] }
variable "vpc_zone_identifier" { default = null }
variable "min_size" {}
variable "max_size" {}
variable "health_check_type" { default = null }
variable "target_group_arns" { default = {} }
variable "block_device_mappings" { default = [] }
variable "metadata_options" { default = {} }
variable "enable_monitoring" { default = true }
variable "user_data" { default = null }

resource "aws_launch_template" "this" {
  name_prefix            = "${var.name}-"
  image_id               = var.image_id
  instance_type          = var.instance_type
  vpc_security_group_ids = var.security_groups
  user_data              = var.user_data

  dynamic "block_device_mappings" {
    for_each = var.block_device_mappings
    content {
      device_name = block_device_mappings.value.device_name
      dynamic "ebs" {
        for_each = flatten([lookup(block_device_mappings.value, "ebs", [])])
        content {
          encrypted   = lookup(ebs.value, "encrypted", null)
          volume_size = lookup(ebs.value, "volume_size", null)
          volume_type = lookup(ebs.value, "volume_type", null)
        }
      }
    }
  }

  dynamic "metadata_options" {
    for_each = length(var.metadata_options) > 0 ? [var.metadata_options] : []
    content {
      http_endpoint = try(metadata_options.value.http_endpoint, null)
      http_tokens   = try(metadata_options.value.http_tokens, null)
    }
  }

  dynamic "monitoring" {
    for_each = var.enable_monitoring ? [1] : []
    content { enabled = true }
  }
}

resource "aws_autoscaling_group" "this" {
  name_prefix         = "${var.name}-"
  min_size            = var.min_size
  max_size            = var.max_size
  vpc_zone_identifier = var.vpc_zone_identifier
  health_check_type   = var.health_check_type
  launch_template {
    id      = aws_launch_template.this.id
    version = aws_launch_template.this.latest_version
  }
}

resource "aws_autoscaling_traffic_source_attachment" "this" {
  for_each               = var.target_group_arns
  autoscaling_group_name = aws_autoscaling_group.this.id
  traffic_source {
    identifier = each.value
    type       = "elbv2"
  }
}
