variable "scan" {
  type    = bool
  default = null
}
resource "aws_ecr_repository" "this" {
  name = "inner"
  dynamic "image_scanning_configuration" {
    for_each = var.scan == null ? [] : [var.scan]
    content { scan_on_push = image_scanning_configuration.value }
  }
}
