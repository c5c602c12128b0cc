resource "aws_kms_key" "key" {}

resource "aws_mq_broker" "good" {
  broker_name        = "good"
  engine_type        = "ActiveMQ"
  engine_version     = "5.18"
  host_instance_type = "mq.t3.micro"
  user {
    username = "example"
    password = "example-of-12"
  }
  encryption_options {
    kms_key_id        = aws_kms_key.key.arn
    use_aws_owned_key = false
  }
  logs {
    general = true
    audit   = true
  }
}

resource "aws_mq_broker" "bad" {
  broker_name        = "bad"
  engine_type        = "ActiveMQ"
  engine_version     = "5.18"
  host_instance_type = "mq.t3.micro"
  user {
    username = "example"
    password = "example-of-12"
  }
  logs {
    general = true
  }
}

resource "aws_mq_broker" "rabbit" {
  broker_name        = "rabbit"
  engine_type        = "RabbitMQ"
  engine_version     = "3.13"
  host_instance_type = "mq.t3.micro"
  user {
    username = "example"
    password = "example-of-12"
  }
}
