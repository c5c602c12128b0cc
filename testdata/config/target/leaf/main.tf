variable "up" {}
variable "mine" {}
variable "self" {}

resource "terraform_data" "own" {
  count = 1
  input = "${var.self}.terraform_data.own[0]"
}

resource "terraform_data" "up" {
  input = var.up
}

resource "terraform_data" "mine" {
  input = var.mine
}

output "own" {
  value = terraform_data.own[0].input
}
