variable "scan" {
  type    = bool
  default = null
}
module "inner" {
  source = "./inner"
  scan   = var.scan
}
