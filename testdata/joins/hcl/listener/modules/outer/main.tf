variable "waf" {}

module "z" {
  source   = "../front"
  for_each = toset(["k\"q"])
  waf      = var.waf
}
