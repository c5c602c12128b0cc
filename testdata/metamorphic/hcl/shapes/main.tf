# The same repository in every shape that an author gives it.
terraform {
  required_providers { aws = { source = "hashicorp/aws" } }
}

provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "mock"
  secret_key                  = "mock"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

variable "yes" { default = true }
variable "no" { default = false }
variable "nothing" {
  type    = object({ scan = bool })
  default = null
}
variable "secret_yes" {
  default   = true
  sensitive = true
}

resource "terraform_data" "later" { input = "x" }

resource "aws_ecr_repository" "literal_true" {
  name = "literal-true"
  image_scanning_configuration { scan_on_push = true }
}
resource "aws_ecr_repository" "literal_false" {
  name = "literal-false"
  image_scanning_configuration { scan_on_push = false }
}
resource "aws_ecr_repository" "omitted" { name = "omitted" }
resource "aws_ecr_repository" "variable_true" {
  name = "variable-true"
  image_scanning_configuration { scan_on_push = var.yes }
}
resource "aws_ecr_repository" "variable_false" {
  name = "variable-false"
  image_scanning_configuration { scan_on_push = var.no }
}
resource "aws_ecr_repository" "null_variable" {
  name = "null-variable"
  dynamic "image_scanning_configuration" {
    for_each = var.nothing == null ? [] : [var.nothing]
    content { scan_on_push = image_scanning_configuration.value.scan }
  }
}
resource "aws_ecr_repository" "dynamic_on" {
  name = "dynamic-on"
  dynamic "image_scanning_configuration" {
    for_each = [var.yes]
    content { scan_on_push = image_scanning_configuration.value }
  }
}
resource "aws_ecr_repository" "dynamic_off" {
  name = "dynamic-off"
  dynamic "image_scanning_configuration" {
    for_each = toset([])
    content { scan_on_push = true }
  }
}
resource "aws_ecr_repository" "dynamic_unknown" {
  name = "dynamic-unknown"
  dynamic "image_scanning_configuration" {
    for_each = terraform_data.later.output == "x" ? [true] : []
    content { scan_on_push = image_scanning_configuration.value }
  }
}
resource "aws_ecr_repository" "sensitive_function" {
  name = "sensitive-function"
  image_scanning_configuration { scan_on_push = sensitive(true) }
}
resource "aws_ecr_repository" "sensitive_variable" {
  name = "sensitive-variable"
  image_scanning_configuration { scan_on_push = var.secret_yes }
}
resource "aws_ecr_repository" "unknown_value" {
  name = "unknown-value"
  image_scanning_configuration { scan_on_push = terraform_data.later.output == "x" }
}
resource "aws_ecr_repository" "counted" {
  count = 2
  name  = "counted-${count.index}"
  image_scanning_configuration { scan_on_push = count.index == 0 }
}
resource "aws_ecr_repository" "keyed" {
  for_each = {
    "a.b"          = true
    "q\"uote"      = false
    "br[0]acket"   = true
    "$${dollar}"   = false
    "sp ace/slash" = true
    ""             = false
    "12"           = true
    "new\nline"    = false
    "ünï"          = true
    "<&>"          = false
  }
  name = "keyed-${md5(each.key)}"
  image_scanning_configuration { scan_on_push = each.value }
}

module "outer" {
  source   = "./modules/outer"
  for_each = { "on.1" = true, "off[2]" = false, "none" = null }
  scan     = each.value
}
module "counted" {
  source = "./modules/outer"
  count  = 2
  scan   = count.index == 0
}
