# Every resource's input is its own address, or the input of others: what is
# planned says which instances are meant.
variable "keys" {
  type    = set(string)
  default = ["a.b", "q\"uo", "$${t}", "x[0]"]
}

variable "routes" {
  type    = map(object({ to = string }))
  default = { one = { to = "a.b" }, two = { to = "x[0]" } }
}

locals {
  single = terraform_data.single.input
}

resource "terraform_data" "single" {
  input = "terraform_data.single"
}

resource "terraform_data" "counted" {
  count = 3
  input = "terraform_data.counted[${count.index}]"
}

resource "terraform_data" "each" {
  for_each = var.keys
  input    = "terraform_data.each[${jsonencode(replace(each.key, "$${", "$$${"))}]"
}

resource "terraform_data" "by_attribute" {
  input = terraform_data.single.input
}

resource "terraform_data" "by_index" {
  input = terraform_data.counted[1].input
}

resource "terraform_data" "by_key" {
  input = [terraform_data.each["a.b"].input, terraform_data.each["q\"uo"].input, terraform_data.each["$${t}"].input]
}

resource "terraform_data" "by_count" {
  count = 3
  input = terraform_data.counted[count.index].input
}

resource "terraform_data" "by_each_key" {
  for_each = var.keys
  input    = terraform_data.each[each.key].input
}

resource "terraform_data" "by_each_value" {
  for_each = var.keys
  input    = terraform_data.each[each.value].input
}

resource "terraform_data" "by_route" {
  for_each = var.routes
  input    = terraform_data.each[each.value.to].input
}

resource "terraform_data" "by_table" {
  for_each = { one = { to = "a.b" }, two = { to = "x[0]" } }
  input    = terraform_data.each[each.value.to].input
}

resource "terraform_data" "chained" {
  for_each = terraform_data.each
  input    = each.value.input
}

resource "terraform_data" "splat" {
  input = terraform_data.counted[*].input
}

resource "terraform_data" "modulo" {
  count = 6
  input = terraform_data.counted[count.index % 3].input
}

resource "terraform_data" "chosen" {
  for_each = {
    s = terraform_data.single.input
    c = terraform_data.counted[0].input
  }
  input = each.value
}

resource "terraform_data" "by_local" {
  input = local.single
}

resource "terraform_data" "passed" {
  input = terraform_data.by_index.input
}

resource "terraform_data" "from_module" {
  input = module.mid["m.1"].leaf
}

resource "terraform_data" "from_module_list" {
  input = module.mid["m.1"].leaves["l0"]
}

resource "terraform_data" "from_each_module" {
  for_each = toset(["m.1", "m\"2"])
  input    = module.mid[each.key].leaf
}

module "mid" {
  source   = "./mid"
  for_each = toset(["m.1", "m\"2"])
  one      = terraform_data.single.input
  each     = terraform_data.each
  key      = each.key
  counted  = terraform_data.counted[*].input
  self     = "module.mid[${jsonencode(each.key)}]"
}

module "plain" {
  source  = "./mid"
  one     = module.mid["m.1"].leaf
  each    = terraform_data.each
  key     = "p"
  counted = []
  self    = "module.plain"
}
