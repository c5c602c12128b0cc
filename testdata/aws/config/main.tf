resource "aws_config_configuration_recorder" "good" {
  name     = "good"
  role_arn = "arn:aws:iam::111122223333:role/config"
  recording_group {
    all_supported                 = true
    include_global_resource_types = true
  }
}

resource "aws_config_configuration_recorder_status" "good" {
  name       = aws_config_configuration_recorder.good.name
  is_enabled = true
}

resource "aws_config_configuration_recorder" "stopped" {
  name     = "stopped"
  role_arn = "arn:aws:iam::111122223333:role/config"
}

resource "aws_config_configuration_recorder_status" "stopped" {
  name       = aws_config_configuration_recorder.stopped.name
  is_enabled = false
}

resource "aws_config_configuration_recorder" "alone" {
  name     = "alone"
  role_arn = "arn:aws:iam::111122223333:role/config"
}

module "some_types" {
  source = "./wrapped"
  types  = ["AWS::EC2::Instance"]
}

module "all_types" {
  source = "./wrapped"
}
