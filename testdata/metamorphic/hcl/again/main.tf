# Resources that exist already, left as they were or changed.
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

resource "aws_ecr_repository" "omitted" { name = "omitted" }
resource "aws_ecr_repository" "omitted_changed" {
  name                 = "omitted-changed"
  image_tag_mutability = "IMMUTABLE"
}
resource "aws_ecr_repository" "added" {
  name = "added"
  image_scanning_configuration { scan_on_push = true }
}
resource "aws_ecr_repository" "taken_away" { name = "taken-away" }
resource "aws_ecr_repository" "turned_off" {
  name = "turned-off"
  image_scanning_configuration { scan_on_push = false }
}
resource "aws_ecr_repository" "later_on" {
  name = "later-on"
  image_scanning_configuration { scan_on_push = terraform_data.later.output == "x" }
}
moved {
  from = aws_ecr_repository.old_name
  to   = aws_ecr_repository.new_name
}
resource "aws_ecr_repository" "new_name" {
  name = "moved"
  image_scanning_configuration { scan_on_push = true }
}
resource "aws_ecr_repository" "replaced" {
  name = "replaced-2"
  image_scanning_configuration { scan_on_push = false }
}
removed {
  from = aws_ecr_repository.forgotten
  lifecycle { destroy = false }
}
resource "aws_ecr_repository" "counted" {
  count = 1
  name  = "counted-${count.index}"
  image_scanning_configuration { scan_on_push = true }
}
resource "aws_ebs_volume" "omitted" {
  availability_zone = "eu-west-1a"
  size              = 2
}
resource "aws_ebs_volume" "encrypted" {
  availability_zone = "eu-west-1a"
  size              = 2
  encrypted         = true
}
resource "aws_sqs_queue" "omitted" {
  name          = "omitted"
  delay_seconds = 5
}
