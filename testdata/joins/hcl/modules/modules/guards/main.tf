variable "buckets" {}
variable "strict" {}

module "deeper" {
  source   = "../guard"
  for_each = var.buckets
  bucket   = each.value
  strict   = var.strict
}
