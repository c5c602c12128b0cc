# A sensitive value that is not known hides nothing but itself.
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

resource "terraform_data" "later" { input = "x" }

resource "aws_ecr_repository" "sensitive_unknown" {
  name = "a"
  image_scanning_configuration { scan_on_push = sensitive(terraform_data.later.output == "x") }
}
resource "aws_ecr_repository" "beside" {
  name = "a"
  image_scanning_configuration { scan_on_push = "true" }
}
resource "aws_ecr_repository" "off" {
  name = "a"
  image_scanning_configuration { scan_on_push = false }
}
