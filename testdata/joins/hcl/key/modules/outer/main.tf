variable "rotate" {}

module "z" {
  source   = "../queue"
  for_each = toset(["k\"q"])
  rotate   = var.rotate
}
