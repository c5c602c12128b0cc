resource "aws_kms_key" "data" {}

resource "aws_connect_instance" "good" {
  identity_management_type  = "CONNECT_MANAGED"
  instance_alias            = "good"
  inbound_calls_enabled     = true
  outbound_calls_enabled    = true
  contact_flow_logs_enabled = true
}

resource "aws_connect_instance" "bad" {
  identity_management_type = "CONNECT_MANAGED"
  instance_alias           = "bad"
  inbound_calls_enabled    = true
  outbound_calls_enabled   = true
}

resource "aws_connect_instance_storage_config" "video" {
  instance_id   = aws_connect_instance.good.id
  resource_type = "MEDIA_STREAMS"
  storage_config {
    storage_type = "KINESIS_VIDEO_STREAM"
    kinesis_video_stream_config {
      prefix                 = "video"
      retention_period_hours = 24
      encryption_config {
        encryption_type = "KMS"
        key_id          = aws_kms_key.data.arn
      }
    }
  }
}

resource "aws_connect_instance_storage_config" "stream" {
  instance_id   = aws_connect_instance.good.id
  resource_type = "CONTACT_TRACE_RECORDS"
  storage_config {
    storage_type = "KINESIS_STREAM"
    kinesis_stream_config {
      stream_arn = "arn:aws:kinesis:eu-west-1:111122223333:stream/s"
    }
  }
}

resource "aws_connect_instance_storage_config" "bad" {
  instance_id   = aws_connect_instance.good.id
  resource_type = "CHAT_TRANSCRIPTS"
  storage_config {
    storage_type = "S3"
    s3_config {
      bucket_name   = "chats"
      bucket_prefix = "chats"
    }
  }
}

module "wrapped" {
  source      = "./wrapped"
  instance_id = aws_connect_instance.good.id
  key_arn     = aws_kms_key.data.arn
}

resource "aws_connect_instance_storage_config" "video_bad" {
  instance_id   = aws_connect_instance.bad.id
  resource_type = "MEDIA_STREAMS"
  storage_config {
    storage_type = "KINESIS_VIDEO_STREAM"
    kinesis_video_stream_config {
      prefix                 = "video"
      retention_period_hours = 24
      encryption_config {
        encryption_type = "KMS"
        key_id          = "arn:aws:kms:eu-west-1:111122223333:alias/aws/kinesisvideo"
      }
    }
  }
}
