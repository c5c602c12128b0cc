variable "log_destination" {
  type = string
}

variable "definition" {
  type = string
}

resource "aws_sfn_state_machine" "this" {
  name       = "good"
  role_arn   = "arn:aws:iam::111122223333:role/s"
  definition = var.definition
  logging_configuration {
    level                  = "ALL"
    include_execution_data = true
    log_destination        = var.log_destination
  }
  tracing_configuration {
    enabled = true
  }
}
