variable "application" {
  type = string
}

variable "settings" {
  type = list(list(string))
}

resource "aws_elastic_beanstalk_environment" "this" {
  name                = "wrapped"
  application         = var.application
  solution_stack_name = "64bit Amazon Linux 2023 v4.3.0 running Python 3.12"
  dynamic "setting" {
    for_each = var.settings
    content {
      namespace = setting.value[0]
      name      = setting.value[1]
      value     = setting.value[2]
    }
  }
}
