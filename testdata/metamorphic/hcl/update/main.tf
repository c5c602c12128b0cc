# Repositories that exist already: terraform.tfstate says how.
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


resource "aws_ecr_repository" "regressed" {
  name = "regressed"
  image_scanning_configuration { scan_on_push = false }
}
resource "aws_ecr_repository" "fixed" {
  name = "fixed"
  image_scanning_configuration { scan_on_push = true }
}
resource "aws_ecr_repository" "same" {
  name         = "same"
  force_delete = true
}
resource "aws_ecr_repository" "good" {
  name         = "good"
  force_delete = true
  image_scanning_configuration { scan_on_push = true }
}
