resource "aws_s3_bucket" "one" { bucket = "names-one" }

resource "aws_s3_bucket_public_access_block" "one" {
  bucket              = "names-one"
  block_public_acls   = true
  block_public_policy = true
}

resource "aws_s3_bucket" "two" { bucket = "names-two" }

resource "aws_s3_bucket" "three" { bucket = "names-three" }

module "takes_two" {
  source = "./modules/taker"
  bucket = "names-two"
}

module "first" {
  source = "./modules/named"
  name   = "same-name"
  guard  = "all"
}

module "second" {
  source = "./modules/named"
  name   = "same-name"
  guard  = "part"
}

module "third" {
  source   = "./modules/named"
  for_each = { "a.b" = "none", "c" = "all" }
  name     = "same-name"
  guard    = each.value
}

resource "aws_s3_bucket" "referred" { bucket = "names-four" }

resource "aws_s3_bucket_public_access_block" "referred" {
  bucket              = aws_s3_bucket.referred.bucket
  block_public_acls   = true
  block_public_policy = true
}

resource "aws_sqs_queue" "alias" { kms_master_key_id = "alias/own" }

resource "aws_kms_alias" "own" {
  name          = "alias/own"
  target_key_id = aws_kms_key.own.key_id
}

resource "aws_kms_key" "own" { enable_key_rotation = true }

resource "aws_sqs_queue" "foreign" { kms_master_key_id = "alias/foreign" }
