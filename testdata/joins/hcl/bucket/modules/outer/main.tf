variable "guards" {}

module "z" {
  source   = "../store"
  for_each = var.guards
  guard    = each.value
  status   = each.value == "part" ? "Enabled" : "Suspended"
}
