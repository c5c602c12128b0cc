resource "terraform_data" "behind_a_mark" {} # here: terraform_data.behind_a_mark

resource "terraform_data" "dos" { # here: terraform_data.dos
  input = <<EOT
}
EOT
}
