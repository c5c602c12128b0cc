# One setting, set at every distance from the resource.
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

variable "set_by_tfvars" {
  type    = bool
  default = true
}
variable "without_default" {
  type = bool
}
variable "left_alone" {
  type    = bool
  default = false
}
variable "on" {
  default = true
}
variable "repositories" {
  type    = map(object({ scan = optional(bool) }))
  default = { "a.b" = { scan = false }, "c" = {} }
}

locals {
  off = false
}

resource "terraform_data" "later" { input = "x" }

resource "aws_ecr_repository" "literal" {
  name = "a"
  image_scanning_configuration { scan_on_push = false }
}
resource "aws_ecr_repository" "omitted" { name = "a" }
resource "aws_ecr_repository" "tfvars" {
  name = "a"
  image_scanning_configuration { scan_on_push = var.set_by_tfvars }
}
resource "aws_ecr_repository" "without_default" {
  name = "a"
  image_scanning_configuration { scan_on_push = var.without_default }
}
resource "aws_ecr_repository" "left_alone" {
  name = "a"
  image_scanning_configuration { scan_on_push = var.left_alone }
}
resource "aws_ecr_repository" "by_local" {
  name = "a"
  image_scanning_configuration { scan_on_push = local.off }
}
resource "aws_ecr_repository" "several" {
  name = "a"
  image_scanning_configuration { scan_on_push = var.left_alone && var.set_by_tfvars }
}
resource "aws_ecr_repository" "negated" {
  name = "a"
  image_scanning_configuration { scan_on_push = !var.on }
}
resource "aws_ecr_repository" "keyed" {
  for_each = { "a.b" = false, "q\"" = false }
  name     = "a"
  image_scanning_configuration { scan_on_push = each.value }
}
resource "aws_ecr_repository" "keyed_by_variable" {
  for_each = var.repositories
  name     = "a"
  image_scanning_configuration { scan_on_push = coalesce(each.value.scan, false) }
}
resource "aws_ecr_repository" "by_dynamic" {
  name = "a"
  dynamic "image_scanning_configuration" {
    for_each = [var.left_alone]
    content { scan_on_push = image_scanning_configuration.value }
  }
}
resource "aws_ecr_repository" "waits" {
  name = "a"
  image_scanning_configuration { scan_on_push = terraform_data.later.output == "x" }
}
resource "aws_ecr_repository" "by_output" {
  name = "a"
  image_scanning_configuration { scan_on_push = module.given.scan }
}
resource "aws_ecr_repository" "function" {
  name = "a"
  image_scanning_configuration { scan_on_push = tobool("false") }
}
resource "aws_ebs_volume" "passed_null" {
  availability_zone = "eu-west-1a"
  size              = 1
  encrypted         = null
}

# Three modules deep.
module "nothing" {
  source = "./modules/outer"
  scan   = null
}
module "silent" {
  source = "./modules/outer"
}
module "given" {
  source = "./modules/outer"
  scan   = false
}
module "many" {
  source   = "./modules/outer"
  for_each = { "on/off" = false, "none" = null }
  scan     = each.value
}
module "counted" {
  source = "./modules/outer"
  count  = 2
  scan   = count.index == 7
}
module "by_variable" {
  source = "./modules/outer"
  scan   = var.set_by_tfvars
}
module "by_local" {
  source = "./modules/outer"
  scan   = local.off
}
module "several" {
  source = "./modules/outer"
  scan   = var.left_alone ? local.off : var.set_by_tfvars
}

# The setting is a part of what is passed.
module "object" {
  source = "./modules/object"
  config = { scan = false, name = "a" }
}
module "object_partly" {
  source = "./modules/object"
  config = { name = "a" }
}
module "object_beside" {
  source = "./modules/object"
  config = { scan = false, name = terraform_data.later.id }
}
module "object_variable" {
  source = "./modules/object"
  config = { scan = false, name = tostring(var.set_by_tfvars) }
}

# Its own module writes a literal, and a local.
module "service" {
  source = "./modules/service"
  name   = "a"
}
