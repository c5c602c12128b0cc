variable "security_configuration" {
  type    = string
  default = null
}

resource "aws_emr_cluster" "this" {
  name                   = "bad"
  release_label          = "emr-7.5.0"
  service_role           = "emr"
  security_configuration = var.security_configuration
  master_instance_group {
    instance_type = "m5.xlarge"
  }
}
