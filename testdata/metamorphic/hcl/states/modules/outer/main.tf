variable "encrypted" {
  type    = bool
  default = null
}
module "inner" {
  source    = "./inner"
  encrypted = var.encrypted
}
