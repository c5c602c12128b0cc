variable "config" {
  type = object({ name = string, scan = optional(bool, false) })
}
resource "aws_ecr_repository" "this" {
  name = "a"
  image_scanning_configuration { scan_on_push = var.config.scan }
}
