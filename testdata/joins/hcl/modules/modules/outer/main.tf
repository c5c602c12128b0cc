variable "number" { default = 1 }

module "inner" {
  source   = "../storage"
  for_each = toset(["k\"q"])
}

output "id" { value = module.inner["k\"q"].id }
output "number" { value = var.number }
