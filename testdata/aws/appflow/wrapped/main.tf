variable "key" {
  default = null
}

resource "aws_appflow_flow" "this" {
  name    = "flow"
  kms_arn = var.key
  source_flow_config {
    connector_type = "S3"
    source_connector_properties {
      s3 {
        bucket_name   = "example-in"
        bucket_prefix = "in"
      }
    }
  }
  destination_flow_config {
    connector_type = "S3"
    destination_connector_properties {
      s3 {
        bucket_name = "example-out"
      }
    }
  }
  task {
    source_fields     = ["a"]
    destination_field = "a"
    task_type         = "Map"
    connector_operator {
      s3 = "NO_OP"
    }
  }
  trigger_config {
    trigger_type = "OnDemand"
  }
}
