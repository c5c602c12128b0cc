# What main.tf stood at when it was applied: terraform.tfstate is what came of it.
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

resource "aws_ecr_repository" "omitted" { name = "omitted" }
resource "aws_ecr_repository" "omitted_changed" { name = "omitted-changed" }
resource "aws_ecr_repository" "added" { name = "added" }
resource "aws_ecr_repository" "taken_away" {
  name = "taken-away"
  image_scanning_configuration { scan_on_push = true }
}
resource "aws_ecr_repository" "turned_off" {
  name = "turned-off"
  image_scanning_configuration { scan_on_push = true }
}
resource "aws_ecr_repository" "later_on" {
  name = "later-on"
  image_scanning_configuration { scan_on_push = true }
}
resource "aws_ecr_repository" "old_name" {
  name = "moved"
  image_scanning_configuration { scan_on_push = true }
}
resource "aws_ecr_repository" "replaced" {
  name = "replaced"
  image_scanning_configuration { scan_on_push = true }
}
resource "aws_ecr_repository" "deleted" { name = "deleted" }
resource "aws_ecr_repository" "forgotten" { name = "forgotten" }
resource "aws_ecr_repository" "counted" {
  count = 2
  name  = "counted-${count.index}"
  image_scanning_configuration { scan_on_push = true }
}
resource "aws_ebs_volume" "omitted" {
  availability_zone = "eu-west-1a"
  size              = 1
}
resource "aws_ebs_volume" "encrypted" {
  availability_zone = "eu-west-1a"
  size              = 1
  encrypted         = true
}
resource "aws_sqs_queue" "omitted" { name = "omitted" }
