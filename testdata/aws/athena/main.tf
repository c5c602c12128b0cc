resource "aws_athena_workgroup" "good" {
  name = "good"
}

resource "aws_athena_workgroup" "bad" {
  name = "bad"
  configuration {
    enforce_workgroup_configuration    = false
    publish_cloudwatch_metrics_enabled = false
  }
}

module "wrapped" {
  source = "./wrapped"
}
