variable "key" {
  default = null
}

resource "aws_kms_key" "key" {}

resource "aws_appflow_connector_profile" "good" {
  name            = "good"
  connector_type  = "Slack"
  connection_mode = "Public"
  kms_arn         = aws_kms_key.key.arn
  connector_profile_config {
    connector_profile_properties {
      slack {
        instance_url = "https://example.slack.com"
      }
    }
    connector_profile_credentials {
      slack {
        client_id     = "id"
        client_secret = "example"
      }
    }
  }
}

resource "aws_appflow_connector_profile" "bad" {
  name            = "bad"
  connector_type  = "Slack"
  connection_mode = "Public"
  connector_profile_config {
    connector_profile_properties {
      slack {
        instance_url = "https://example.slack.com"
      }
    }
    connector_profile_credentials {
      slack {
        client_id     = "id"
        client_secret = "example"
      }
    }
  }
}

module "good" {
  source = "./wrapped"
  key    = aws_kms_key.key.arn
}

module "bad" {
  source = "./wrapped"
  key    = var.key
}
