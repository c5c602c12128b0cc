

resource "terraform_data" "x" {} # here: module.deep.terraform_data.x
