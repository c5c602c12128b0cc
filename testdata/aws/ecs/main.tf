resource "aws_kms_key" "exec" {}

resource "aws_iam_role" "execution" {
  name               = "execution"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "task" {
  name               = "task"
  assume_role_policy = "{}"
}

resource "aws_ecs_cluster" "good" {
  name = "good"
  configuration {
    execute_command_configuration {
      kms_key_id = aws_kms_key.exec.arn
      logging    = "OVERRIDE"
      log_configuration {
        cloud_watch_encryption_enabled = true
        cloud_watch_log_group_name     = "exec"
      }
    }
  }
}

resource "aws_ecs_cluster" "bad" {
  name = "bad"
  configuration {
    execute_command_configuration {
      kms_key_id = aws_kms_key.exec.arn
    }
  }
}

resource "aws_ecs_cluster" "bare" {
  name = "bare"
}

resource "aws_ecs_task_definition" "bad" {
  family                = "bad"
  task_role_arn         = aws_iam_role.execution.arn
  execution_role_arn    = aws_iam_role.execution.arn
  container_definitions = "[]"
}

resource "aws_ecs_task_definition" "bad_by_arn" {
  family                = "bad-by-arn"
  task_role_arn         = "arn:aws:iam::111122223333:role/both"
  execution_role_arn    = "arn:aws:iam::111122223333:role/both"
  container_definitions = "[]"
}

module "good" {
  source         = "./task"
  task_role      = aws_iam_role.task.arn
  execution_role = aws_iam_role.execution.arn
}

module "wrapped" {
  source         = "./task"
  family         = "wrapped"
  task_role      = aws_iam_role.task.arn
  execution_role = aws_iam_role.task.arn
}
