variable "encrypted" {
  type    = bool
  default = null
}
resource "aws_ebs_volume" "this" {
  availability_zone = "eu-west-1a"
  size              = 1
  encrypted         = var.encrypted
}
