resource "aws_globalaccelerator_accelerator" "good" {
  name = "good"
  attributes {
    flow_logs_enabled   = true
    flow_logs_s3_bucket = "example-logs"
    flow_logs_s3_prefix = "accelerator/"
  }
}

resource "aws_globalaccelerator_accelerator" "bad" {
  name = "bad"
}

resource "aws_globalaccelerator_custom_routing_accelerator" "bad" {
  name = "bad"
  attributes {
    flow_logs_s3_bucket = "example-logs"
  }
}

resource "aws_globalaccelerator_custom_routing_accelerator" "bare" {
  name = "bare"
}
