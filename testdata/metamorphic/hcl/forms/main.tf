# More forms of one repository: what surrounds the value, and hostile keys.
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

provider "aws" {
  alias                       = "other"
  region                      = "us-east-1"
  access_key                  = "mock"
  secret_key                  = "mock"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

variable "yes" { default = true }
variable "text_yes" {
  type    = string
  default = "true"
}
variable "text_no" {
  type    = string
  default = "false"
}
variable "with_default" {
  type    = object({ scan = optional(bool, true) })
  default = {}
}
variable "partly" {
  type    = object({ scan = optional(bool) })
  default = {}
}
locals {
  yes   = true
  later = terraform_data.later.output == "x"
}

resource "terraform_data" "later" { input = "x" }
resource "aws_kms_key" "key" {}

# --- Known, in roundabout ways ---

resource "aws_ecr_repository" "text_literal" {
  name = "a"
  image_scanning_configuration { scan_on_push = "true" }
}
resource "aws_ecr_repository" "text_variable" {
  name = "a"
  image_scanning_configuration { scan_on_push = var.text_yes }
}
resource "aws_ecr_repository" "text_variable_no" {
  name = "a"
  image_scanning_configuration { scan_on_push = var.text_no }
}
resource "aws_ecr_repository" "negated" {
  name = "a"
  image_scanning_configuration { scan_on_push = !var.yes }
}
resource "aws_ecr_repository" "conditional" {
  name = "a"
  image_scanning_configuration { scan_on_push = var.yes ? true : null }
}
resource "aws_ecr_repository" "by_local" {
  name = "a"
  image_scanning_configuration { scan_on_push = local.yes }
}
resource "aws_ecr_repository" "optional_default" {
  name = "a"
  image_scanning_configuration { scan_on_push = var.with_default.scan }
}
resource "aws_ecr_repository" "coalesced" {
  name = "a"
  image_scanning_configuration { scan_on_push = coalesce(var.partly.scan, false) }
}
resource "aws_ecr_repository" "by_output" {
  name = "a"
  image_scanning_configuration { scan_on_push = module.constant.value }
}
resource "aws_ecr_repository" "other_provider" {
  provider = aws.other
  name     = "a"
  image_scanning_configuration { scan_on_push = true }
}
resource "aws_ecr_repository" "iterator" {
  name = "a"
  dynamic "image_scanning_configuration" {
    for_each = { only = var.yes }
    iterator = it
    content { scan_on_push = it.value }
  }
}
resource "aws_ecr_repository" "dynamic_sensitive" {
  name = "a"
  dynamic "image_scanning_configuration" {
    for_each = sensitive([true])
    content { scan_on_push = image_scanning_configuration.value }
  }
}
resource "aws_ecr_repository" "waiting_elsewhere" {
  name         = "a-${terraform_data.later.output}"
  force_delete = terraform_data.later.output == "x"
  image_scanning_configuration { scan_on_push = true }
}
resource "aws_ecr_repository" "none_at_all" {
  count = 0
  name  = "a"
}

# --- Not written ---

resource "aws_ecr_repository" "omitted_beside_others" {
  name                 = "a"
  image_tag_mutability = "IMMUTABLE"
  encryption_configuration {}
}
resource "aws_ecr_repository" "omitted_waiting_elsewhere" {
  name = "a-${terraform_data.later.output}"
}
resource "aws_ecr_repository" "optional_null" {
  name = "a"
  dynamic "image_scanning_configuration" {
    for_each = var.partly.scan[*]
    content { scan_on_push = image_scanning_configuration.value }
  }
}

# --- Not known ---

resource "aws_ecr_repository" "bare_reference" {
  name = "a"
  image_scanning_configuration { scan_on_push = terraform_data.later.output }
}
resource "aws_ecr_repository" "converted" {
  name = "a"
  image_scanning_configuration { scan_on_push = tobool(terraform_data.later.output) }
}
resource "aws_ecr_repository" "other_resource" {
  name = "a"
  image_scanning_configuration { scan_on_push = aws_kms_key.key.arn != "" }
}
resource "aws_ecr_repository" "local_unknown" {
  name = "a"
  image_scanning_configuration { scan_on_push = local.later }
}
resource "aws_ecr_repository" "output_unknown" {
  name = "a"
  image_scanning_configuration { scan_on_push = module.waiting.value }
}
resource "aws_ecr_repository" "dynamic_content_unknown" {
  name = "a"
  dynamic "image_scanning_configuration" {
    for_each = [1]
    content { scan_on_push = terraform_data.later.output == "x" }
  }
}
resource "aws_ecr_repository" "dynamic_other_resource" {
  name = "a"
  dynamic "image_scanning_configuration" {
    for_each = aws_kms_key.key.arn == "" ? [] : [true]
    content { scan_on_push = image_scanning_configuration.value }
  }
}
resource "aws_ecr_repository" "each_unknown" {
  for_each = { a = true, b = terraform_data.later.output == "x" }
  name     = "a"
  image_scanning_configuration { scan_on_push = each.value }
}

# --- Keys that look like something else ---

resource "aws_ecr_repository" "hostile" {
  for_each = {
    "x\"].aws_ecr_repository.literal[\"y" = true
    "module.a.aws_ecr_repository.b"      = false
    "back\\slash"                        = true
    "%%{if}"                             = false
    "tab\there"                          = true
    "line\u2028separator"                = false
    "😀"                                  = true
    "e\u0301"                            = false
    "right\u202eleft"                    = true
    "0"                                  = false
    "-1"                                 = true
    "::error::x"                         = false
    " "                                  = true
    "*"                                  = false
    "true"                               = true
    "\u0001"                             = false
  }
  name = "a"
  image_scanning_configuration { scan_on_push = each.value }
}
resource "aws_ecr_repository" "set" {
  for_each = toset(["b", "a", "12"])
  name     = each.key
  image_scanning_configuration { scan_on_push = each.key != "b" }
}

module "outer" {
  source   = "./modules/outer"
  for_each = { "a.b[0]" = [true, false], "]\"" = [null], "none" = [] }
  scans    = each.value
}
module "later" {
  source = "./modules/outer"
  scans  = [terraform_data.later.output == "x"]
}
module "constant" {
  source = "./modules/value"
  value  = true
}
module "waiting" {
  source = "./modules/value"
  value  = terraform_data.later.output == "x"
}
