variable "scan" {
  type    = bool
  default = null
}
module "middle" {
  source = "../middle"
  scan   = var.scan
}
output "scan" { value = var.scan }
