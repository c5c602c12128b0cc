variable "name" { type = string }
variable "scan" {
  type    = bool
  default = false
}
locals { off = var.scan }
resource "aws_ecr_repository" "literal" {
  name = var.name
  image_scanning_configuration { scan_on_push = false }
}
resource "aws_ecr_repository" "hidden" {
  name = var.name
  image_scanning_configuration { scan_on_push = local.off }
}
resource "aws_ecr_repository" "default" {
  name = var.name
  image_scanning_configuration { scan_on_push = var.scan }
}
