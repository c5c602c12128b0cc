variable "webserver_access_mode" {
  type    = string
  default = null
}

resource "aws_mwaa_environment" "this" {
  name                  = "wrapped"
  dag_s3_path           = "dags"
  execution_role_arn    = "arn:aws:iam::111122223333:role/airflow"
  source_bucket_arn     = "arn:aws:s3:::airflow-example"
  webserver_access_mode = var.webserver_access_mode
  network_configuration {
    security_group_ids = ["sg-1"]
    subnet_ids         = ["subnet-1", "subnet-2"]
  }
}
