variable "value" { type = bool }
output "value" { value = var.value }
