resource "aws_kms_key" "key" {}


resource "aws_security_group" "search" {
  name = "search"
}

module "good" {
  source = "./wrapped"
  key    = aws_kms_key.key.arn
  groups = [aws_security_group.search.id]
  logs   = { ES_APPLICATION_LOGS = "arn:aws:logs:eu-west-1:111122223333:log-group:search" }
}

resource "aws_opensearch_domain" "bad" {
  domain_name = "bad"
  encrypt_at_rest {
    enabled = true
  }
  advanced_security_options {
    enabled                        = true
    internal_user_database_enabled = true
    master_user_options {
      master_user_name     = "example"
      master_user_password = "Example-of-12"
    }
  }
  vpc_options {
    subnet_ids = ["subnet-1"]
  }
}

resource "aws_elasticsearch_domain" "bad" {
  domain_name = "older"
  cluster_config {
    instance_count           = 3
    dedicated_master_enabled = true
    dedicated_master_count   = 3
    dedicated_master_type    = "m5.large.elasticsearch"
  }
}
