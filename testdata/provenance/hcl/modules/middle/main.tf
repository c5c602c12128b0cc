variable "scan" {
  type    = bool
  default = true
}
module "inner" {
  source  = "../inner"
  setting = var.scan
}
