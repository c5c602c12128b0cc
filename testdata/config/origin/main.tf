terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region                      = "us-east-1"
  access_key                  = "mock"
  secret_key                  = "mock"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

variable "key" {
  default = null
}

locals {
  key = aws_kms_key.k.arn
}

resource "aws_kms_key" "k" {}

# Nothing written: computed when left out.
resource "aws_ebs_volume" "bare" {
  availability_zone = "us-east-1a"
  size              = 1
}

resource "aws_ebs_volume" "by_reference" {
  availability_zone = "us-east-1a"
  size              = 1
  kms_key_id        = aws_kms_key.k.arn
}

resource "aws_ebs_volume" "by_local" {
  availability_zone = "us-east-1a"
  size              = 1
  kms_key_id        = local.key
}

resource "aws_ebs_volume" "by_root_variable" {
  availability_zone = "us-east-1a"
  size              = 1
  kms_key_id        = var.key
}

resource "aws_ebs_volume" "by_null" {
  availability_zone = "us-east-1a"
  size              = 1
  kms_key_id        = null
}

resource "aws_ebs_volume" "by_conditional" {
  availability_zone = "us-east-1a"
  size              = 1
  kms_key_id        = var.key == null ? aws_kms_key.k.arn : var.key
}

resource "aws_ebs_volume" "each" {
  for_each          = { a = null, b = aws_kms_key.k.arn }
  availability_zone = "us-east-1a"
  size              = 1
  kms_key_id        = each.value
}

resource "aws_ebs_volume" "count" {
  count             = 1
  availability_zone = "us-east-1a"
  size              = 1
  kms_key_id        = aws_kms_key.many[count.index].arn
}

resource "aws_kms_key" "many" {
  count = 1
}

# A computed block, left out, and one written in part.
resource "aws_instance" "bare" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
}

resource "aws_instance" "block" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  metadata_options {
    http_endpoint = "enabled"
  }
}

# A block that is not computed comes from an unknown list.
resource "aws_ecr_repository" "dynamic" {
  name = "dynamic"
  dynamic "image_scanning_configuration" {
    for_each = aws_kms_key.k.arn == "" ? [] : [1]
    content {
      scan_on_push = true
    }
  }
}

resource "aws_ecr_repository" "block" {
  name = "block"
  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = aws_kms_key.k.arn
  }
}

module "null_passed" {
  source = "./child"
  key    = null
}

module "omitted" {
  source = "./child"
}

module "given" {
  source = "./child"
  key    = aws_kms_key.k.arn
}

module "chain" {
  source = "./child"
  key    = module.given.key
}

module "each" {
  source   = "./child"
  for_each = { a = aws_kms_key.k.arn }
  key      = each.value
}

module "function" {
  source = "./child"
  key    = uuid()
}
