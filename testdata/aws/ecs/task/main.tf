variable "family" {
  type    = string
  default = "good"
}

variable "task_role" {
  type = string
}

variable "execution_role" {
  type = string
}

resource "aws_ecs_task_definition" "this" {
  family                = var.family
  task_role_arn         = var.task_role
  execution_role_arn    = var.execution_role
  container_definitions = "[]"
}
