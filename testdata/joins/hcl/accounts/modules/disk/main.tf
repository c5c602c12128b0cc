terraform {
  required_providers { aws = { source = "hashicorp/aws" } }
}

resource "aws_ebs_volume" "this" {
  availability_zone = "zone"
  size              = 1
}
