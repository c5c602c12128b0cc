resource "aws_cloudwatch_log_group" "datasync" {
  name = "datasync"
}

resource "aws_datasync_location_object_storage" "good" {
  agent_arns      = ["arn:aws:datasync:eu-west-1:111122223333:agent/agent-01234567890123456"]
  server_hostname = "store.example.org"
  bucket_name     = "good"
}

module "wrapped" {
  source     = "./wrapped"
  secret_key = "example-not-a-secret"
}

resource "aws_datasync_task" "good" {
  source_location_arn      = aws_datasync_location_object_storage.good.arn
  destination_location_arn = module.wrapped.arn
  cloudwatch_log_group_arn = aws_cloudwatch_log_group.datasync.arn
  options {
    log_level = "TRANSFER"
  }
}

resource "aws_datasync_task" "no_options" {
  source_location_arn      = aws_datasync_location_object_storage.good.arn
  destination_location_arn = module.wrapped.arn
  cloudwatch_log_group_arn = aws_cloudwatch_log_group.datasync.arn
}

resource "aws_datasync_task" "no_level" {
  source_location_arn      = aws_datasync_location_object_storage.good.arn
  destination_location_arn = module.wrapped.arn
  cloudwatch_log_group_arn = aws_cloudwatch_log_group.datasync.arn
  options {
    verify_mode = "NONE"
  }
}

resource "aws_datasync_task" "bad" {
  source_location_arn      = aws_datasync_location_object_storage.good.arn
  destination_location_arn = module.wrapped.arn
}
