variable "one" {}
variable "each" {}
variable "key" {}
variable "counted" {}
variable "self" {}

resource "terraform_data" "given" {
  input = var.one
}

resource "terraform_data" "list" {
  input = var.counted
}

resource "terraform_data" "each" {
  for_each = var.each
  input    = each.value.input
}

resource "terraform_data" "mine" {
  input = "${var.self}.terraform_data.mine"
}

module "leaf" {
  source = "../leaf"
  count  = 2
  up     = var.one
  mine   = terraform_data.mine.input
  self   = "${var.self}.module.leaf[${count.index}]"
}

output "leaf" {
  value = module.leaf[1].own
}

output "leaves" {
  value = { for i, l in module.leaf : "l${i}" => l.own }
}
