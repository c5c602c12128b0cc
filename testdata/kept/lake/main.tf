variable "account" { default = "111122223333" }

locals {
  zones = {
    raw     = { versioned = true, expire = 90 }
    curated = { versioned = true, expire = null }
    scratch = { versioned = true, expire = 7 }
  }
}

module "key" {
  source                  = "../../real/lake/modules/key"
  description             = "Lake data"
  aliases                 = ["lake/data"]
  deletion_window_in_days = 30
  key_owners              = ["arn:aws:iam::${var.account}:root"]
  key_users               = [module.ingest_role_arn.lambda_function_arn]
  key_service_users       = ["logs.eu-west-1.amazonaws.com"]
}

module "ingest_role_arn" {
  source        = "../../real/lake/modules/function"
  function_name = "lake-probe"
  runtime       = "python3.12"
}

module "logs" {
  source           = "../../real/lake/modules/bucket"
  bucket           = "lake-access-logs"
  object_ownership = "BucketOwnerPreferred"
  lifecycle_rule   = [{ id = "expire", enabled = true, expiration = { days = 400 } }]
  versioning       = { enabled = true }

  attach_deny_insecure_transport_policy = true
}

module "zone" {
  source     = "../../real/lake/modules/bucket"
  for_each   = local.zones
  bucket     = "lake-${each.key}"
  versioning = { enabled = each.value.versioned }
  logging    = { target_bucket = module.logs.s3_bucket_id, target_prefix = "${each.key}/" }
  server_side_encryption_configuration = {
    rule = {
      bucket_key_enabled = true
      apply_server_side_encryption_by_default = {
        sse_algorithm     = "aws:kms"
        kms_master_key_id = module.key.key_arn
      }
    }
  }
  lifecycle_rule = each.value.expire == null ? [] : [
    { id = "expire", enabled = true, expiration = { days = each.value.expire } },
  ]
  attach_deny_insecure_transport_policy = true
}

module "artifacts" {
  source               = "../../real/lake/modules/bucket"
  bucket               = "lake-artifacts"
  attach_public_policy = false
  server_side_encryption_configuration = {
    rule = { apply_server_side_encryption_by_default = { sse_algorithm = "AES256" } }
  }
}

module "catalog" {
  source          = "../../real/lake/modules/catalog"
  name            = "lake"
  encrypt         = true
  kms_key_arn     = module.key.key_arn
  script_location = "s3://${module.artifacts.s3_bucket_id}/job.py"
}

resource "aws_glue_data_catalog_encryption_settings" "this" {
  data_catalog_encryption_settings {
    connection_password_encryption {
      return_connection_password_encrypted = true
      aws_kms_key_id                       = module.key.key_arn
    }
    encryption_at_rest {
      catalog_encryption_mode = "SSE-KMS"
      sse_aws_kms_key_id      = module.key.key_arn
    }
  }
}

resource "aws_sqs_queue" "dead" {
  name              = "lake-dead"
  kms_master_key_id = module.key.key_id
}

resource "aws_sqs_queue" "events" {
  name                    = "lake-events"
  kms_master_key_id = module.key.key_id
  redrive_policy          = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 4 })
}

resource "aws_sqs_queue_policy" "events" {
  queue_url = aws_sqs_queue.events.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "s3.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.events.arn
      Condition = { ArnLike = { "aws:SourceArn" = module.zone["raw"].s3_bucket_arn } }
    }]
  })
}

module "ingest" {
  source                            = "../../real/lake/modules/function"
  function_name                     = "lake-ingest"
  runtime                           = "python3.12"
  memory_size                       = 512
  timeout                           = 60
  tracing_mode                      = "Active"
  dead_letter_target_arn            = aws_sqs_queue.dead.arn
  kms_key_arn                       = module.key.key_arn
  environment_variables             = { TARGET = module.zone["curated"].s3_bucket_id }
  reserved_concurrent_executions    = 10
  cloudwatch_logs_retention_in_days = 400
  cloudwatch_logs_kms_key_id        = module.key.key_arn
  attach_policy_statements          = true
  policy_statements = {
    read  = { effect = "Allow", actions = ["s3:GetObject"], resources = ["${module.zone["raw"].s3_bucket_arn}/*"] }
    write = { effect = "Allow", actions = ["s3:PutObject"], resources = ["${module.zone["curated"].s3_bucket_arn}/*"] }
  }
  allowed_triggers = { raw = { service = "s3", source_arn = module.zone["raw"].s3_bucket_arn } }
}

resource "aws_athena_workgroup" "analysts" {
  name = "analysts"
  configuration {
    enforce_workgroup_configuration = true
    result_configuration {
      output_location = "s3://${module.zone["scratch"].s3_bucket_id}/athena/"
      encryption_configuration {
        encryption_option = "SSE_KMS"
        kms_key_arn       = module.key.key_arn
      }
    }
  }
}

resource "aws_kinesis_stream" "clicks" {
  name            = "clicks"
  shard_count     = 1
  encryption_type = "KMS"
  kms_key_id      = module.key.key_arn
}

resource "aws_kinesis_firehose_delivery_stream" "clicks" {
  name        = "clicks"
  destination = "extended_s3"
  extended_s3_configuration {
    role_arn   = "arn:aws:iam::111122223333:role/firehose"
    bucket_arn = module.zone["raw"].s3_bucket_arn
  }
  server_side_encryption {
    enabled  = true
    key_type = "CUSTOMER_MANAGED_CMK"
    key_arn  = module.key.key_arn
  }
}

resource "aws_dynamodb_table" "state" {
  name         = "lake-state"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  point_in_time_recovery { enabled = true }
  server_side_encryption {
    enabled     = true
    kms_key_arn = module.key.key_arn
  }
}
