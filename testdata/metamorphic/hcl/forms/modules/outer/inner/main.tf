variable "scan" {
  type    = bool
  default = true
}
resource "aws_ecr_repository" "this" {
  name = "a"
  image_scanning_configuration { scan_on_push = coalesce(var.scan, false) }
}
