resource "terraform_data" "x" { # here: module.inner.terraform_data.x
  count = 2
}

module "deep" { # here: module.inner.module.deep
  source = "../deep"
}
