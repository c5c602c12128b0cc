resource "aws_mwaa_environment" "good" {
  name               = "good"
  dag_s3_path        = "dags"
  execution_role_arn = "arn:aws:iam::111122223333:role/airflow"
  source_bucket_arn  = "arn:aws:s3:::airflow-example"
  network_configuration {
    security_group_ids = ["sg-1"]
    subnet_ids         = ["subnet-1", "subnet-2"]
  }
  logging_configuration {
    scheduler_logs {
      enabled = true
    }
    worker_logs {
      enabled = true
    }
    webserver_logs {
      enabled = true
    }
  }
}

resource "aws_mwaa_environment" "bad" {
  name                  = "bad"
  dag_s3_path           = "dags"
  execution_role_arn    = "arn:aws:iam::111122223333:role/airflow"
  source_bucket_arn     = "arn:aws:s3:::airflow-example"
  webserver_access_mode = "PUBLIC_ONLY"
  network_configuration {
    security_group_ids = ["sg-1"]
    subnet_ids         = ["subnet-1", "subnet-2"]
  }
  logging_configuration {
    scheduler_logs {
      enabled = false
    }
    worker_logs {
      log_level = "INFO"
    }
  }
}

module "wrapped" {
  source = "./wrapped"
}
