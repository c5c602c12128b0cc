resource "aws_kms_key" "key" {}

resource "aws_kinesis_stream" "good" {
  name             = "good"
  shard_count      = 1
  retention_period = 168
}

resource "aws_kinesis_stream" "bad" {
  name        = "bad"
  shard_count = 1
}

resource "aws_kinesis_video_stream" "good" {
  name       = "good"
  kms_key_id = aws_kms_key.key.arn
}

resource "aws_kinesis_video_stream" "bad" {
  name = "bad"
}

module "good" {
  source = "./wrapped"
  key    = aws_kms_key.key.arn
  sse    = true
}

module "bad" {
  source = "./wrapped"
}

resource "aws_kinesis_firehose_delivery_stream" "reader" {
  name        = "reader"
  destination = "extended_s3"
  kinesis_source_configuration {
    kinesis_stream_arn = aws_kinesis_stream.good.arn
    role_arn           = "arn:aws:iam::111122223333:role/firehose"
  }
  extended_s3_configuration {
    role_arn   = "arn:aws:iam::111122223333:role/firehose"
    bucket_arn = "arn:aws:s3:::example"
  }
}
