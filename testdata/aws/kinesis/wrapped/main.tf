variable "key" {
  default = null
}

variable "sse" {
  default = false
}

resource "aws_kinesis_firehose_delivery_stream" "this" {
  name        = "stream"
  destination = "extended_s3"
  extended_s3_configuration {
    role_arn   = "arn:aws:iam::111122223333:role/firehose"
    bucket_arn = "arn:aws:s3:::example"
  }
  dynamic "server_side_encryption" {
    for_each = var.sse ? [1] : []
    content {
      enabled  = true
      key_type = "CUSTOMER_MANAGED_CMK"
      key_arn  = var.key
    }
  }
}
