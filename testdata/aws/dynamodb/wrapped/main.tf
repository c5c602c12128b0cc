variable "scale" {
  default = false
}

variable "recovery" {
  default = null
}

resource "aws_dynamodb_table" "this" {
  name           = "provisioned"
  hash_key       = "id"
  read_capacity  = 5
  write_capacity = 5
  attribute {
    name = "id"
    type = "S"
  }
  point_in_time_recovery {
    enabled = coalesce(var.recovery, false)
  }
}

resource "aws_appautoscaling_target" "this" {
  for_each           = toset(var.scale ? ["Read", "Write"] : ["Read"])
  min_capacity       = 5
  max_capacity       = 50
  resource_id        = "table/${aws_dynamodb_table.this.name}"
  scalable_dimension = "dynamodb:table:${each.key}CapacityUnits"
  service_namespace  = "dynamodb"
}

resource "aws_appautoscaling_policy" "this" {
  for_each           = toset(var.scale ? ["Read", "Write"] : ["Read"])
  name               = each.key
  policy_type        = "TargetTrackingScaling"
  resource_id        = aws_appautoscaling_target.this[each.key].resource_id
  scalable_dimension = aws_appautoscaling_target.this[each.key].scalable_dimension
  service_namespace  = aws_appautoscaling_target.this[each.key].service_namespace
  target_tracking_scaling_policy_configuration {
    predefined_metric_specification {
      predefined_metric_type = "DynamoDB${each.key}CapacityUtilization"
    }
    target_value = 70
  }
}

output "arn" {
  value = aws_dynamodb_table.this.arn
}
