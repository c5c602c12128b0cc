variable "type" {}

variable "key" {
  default = null
}

resource "aws_ssm_parameter" "this" {
  name   = "parameter"
  type   = var.type
  value  = "example"
  key_id = var.key
}
