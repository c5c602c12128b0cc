variable "cidr" {}

module "z" {
  source   = "../group"
  for_each = { "k\"q" = var.cidr }
  cidr     = each.value
}
