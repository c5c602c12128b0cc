resource "aws_kms_key" "key" {}

module "good" {
  source   = "./wrapped"
  scale    = true
  recovery = true
}

module "fixed" {
  source = "./wrapped"
}

resource "aws_dynamodb_table" "good" {
  name             = "good"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"
  attribute {
    name = "id"
    type = "S"
  }
  point_in_time_recovery {
    enabled = true
  }
  replica {
    region_name            = "eu-central-1"
    kms_key_arn            = aws_kms_key.key.arn
    point_in_time_recovery = true
  }
}

resource "aws_dynamodb_table" "bad" {
  name             = "bad"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"
  attribute {
    name = "id"
    type = "S"
  }
  point_in_time_recovery {
    enabled = true
  }
  replica {
    region_name = "eu-central-1"
  }
}

resource "aws_dynamodb_table_replica" "good" {
  global_table_arn       = module.good.arn
  kms_key_arn            = aws_kms_key.key.arn
  point_in_time_recovery = true
}

resource "aws_dynamodb_table_replica" "bad" {
  global_table_arn = module.good.arn
}

resource "aws_dynamodb_global_table" "good" {
  name = "good"
  replica {
    region_name = "eu-west-1"
  }
}

resource "aws_dynamodb_global_table" "bad" {
  name = "elsewhere"
  replica {
    region_name = "eu-west-1"
  }
}
