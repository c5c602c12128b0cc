variable "types" {
  type    = list(string)
  default = []
}

resource "aws_config_configuration_recorder" "this" {
  role_arn = "arn:aws:iam::111122223333:role/config"
  dynamic "recording_group" {
    for_each = length(var.types) > 0 ? [1] : []
    content {
      all_supported  = false
      resource_types = var.types
    }
  }
}

resource "aws_config_configuration_recorder_status" "this" {
  name       = aws_config_configuration_recorder.this.name
  is_enabled = true
}
