variable "enforce" {
  type    = bool
  default = null
}

resource "aws_athena_workgroup" "this" {
  name = "wrapped"
  configuration {
    enforce_workgroup_configuration = var.enforce
  }
}
