resource "aws_ebs_encryption_by_default" "eu" { enabled = true }

resource "aws_ebs_encryption_by_default" "us" {
  provider = aws.us
  enabled  = false
}

resource "aws_ebs_volume" "eu" {
  availability_zone = "eu-west-1a"
  size              = 1
}

resource "aws_ebs_volume" "eu_off" {
  availability_zone = "eu-west-1a"
  size              = 1
  encrypted         = false
}

resource "aws_ebs_volume" "us" {
  provider          = aws.us
  availability_zone = "us-east-1a"
  size              = 1
}

resource "aws_ebs_volume" "us_on" {
  provider          = aws.us
  availability_zone = "us-east-1a"
  size              = 1
  encrypted         = true
}

resource "aws_ebs_volume" "ap" {
  provider          = aws.ap
  availability_zone = "ap-south-1a"
  size              = 1
}

module "inherits" { source = "./modules/outer" }

module "us" {
  source    = "./modules/outer"
  for_each  = toset(["a.b"])
  providers = { aws = aws.us }
}

module "ap" {
  source    = "./modules/outer"
  providers = { aws = aws.ap }
}

resource "aws_s3_account_public_access_block" "eu" {
  block_public_acls   = true
  block_public_policy = true
}

resource "aws_s3_bucket" "eu" { bucket_prefix = "eu-" }

resource "aws_s3_bucket" "us" {
  provider      = aws.us
  bucket_prefix = "us-"
}
