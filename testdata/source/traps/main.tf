# Every header below says its own address; what only looks like one says nothing.
# resource "terraform_data" "in_a_comment" {
// resource "terraform_data" "in_another" {
/*
resource "terraform_data" "in_a_block_comment" {
*/ /* } */ variable "empty" { default = "}{" }

resource "terraform_data" "plain" { # here: terraform_data.plain
  input = "resource \"terraform_data\" \"quoted\" {"
}

resource terraform_data "bare_type" { # here: terraform_data.bare_type
  input = "$${not a template} %%{ neither ${"one ${"in ${1 + 1} it"} {"} $"
}

resource /* between
two lines */ "terraform_data" "apart" { # here-above: terraform_data.apart
  input = {
    a = { b = "}" } # }
    c = [for x in ["}", "{"] : x if x != "${"}"}"] // }
  }
}

  resource "terraform_data" "indented" { # here: terraform_data.indented
  input = <<EOT
resource "terraform_data" "in_a_heredoc" {
 EOT is not the end
"unbalanced ${"}"} quote
EOT
}

resource "terraform_data" "dashed" { # here: terraform_data.dashed
  input = <<-EOT
    }
    ${<<-EOT
      resource "terraform_data" "in_an_inner_heredoc" {
      EOT
    }
    %{if true}{%{else}}}%{endif}
    EOT
}

resource "terraform_data" "many" { # here: terraform_data.many
  for_each = toset(["a]", "b\"", "module.x.y"])
  input    = each.key
}

check "wrapped" {
  assert {
    condition     = terraform_data.plain.output != ""
    error_message = "resource \"terraform_data\" \"x\" {"
  }
}

moved {
  from = terraform_data.was
  to   = terraform_data.plain
}

module "inner" { # here: module.inner
  source   = "./modules/../modules/inner"
  for_each = toset(["k.1", "k\"2"])
}

module "deep" { # here: module.deep
  source = "./modules/deep"
}
