variable "status" {}

module "z" {
  source   = "../chain"
  for_each = toset(["k\"q"])
  status   = var.status
  acls     = var.status == "Enabled"
}
