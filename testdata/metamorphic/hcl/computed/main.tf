# Optional and computed: left out, waiting, and what only looks like either.
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
resource "aws_kms_key" "key" {}

resource "aws_instance" "omitted" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
}
resource "aws_instance" "written" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
  metadata_options { http_tokens = "required" }
}
resource "aws_instance" "written_without" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
  metadata_options { http_endpoint = "enabled" }
}
resource "aws_instance" "dynamic_off" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
  dynamic "metadata_options" {
    for_each = toset([])
    content { http_tokens = "required" }
  }
}
resource "aws_instance" "waiting" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
  metadata_options { http_tokens = terraform_data.later.output }
}
resource "aws_ebs_volume" "omitted" {
  availability_zone = "eu-west-1a"
  size              = 1
}
resource "aws_ebs_volume" "literal" {
  availability_zone = "eu-west-1a"
  size              = 1
  encrypted         = true
}
resource "aws_ebs_volume" "waiting" {
  availability_zone = "eu-west-1a"
  size              = 1
  encrypted         = terraform_data.later.output == "x"
}
resource "aws_ebs_volume" "by_reference" {
  availability_zone = "eu-west-1a"
  size              = 1
  kms_key_id        = aws_kms_key.key.arn
}
locals { hidden = aws_kms_key.key.arn }
resource "aws_ebs_volume" "by_local" {
  availability_zone = "eu-west-1a"
  size              = 1
  kms_key_id        = local.hidden
}
resource "aws_sqs_queue" "omitted" { name = "q" }

module "outer" {
  source    = "./modules/outer"
  for_each  = { none = null, yes = true }
  encrypted = each.value
}
