variable "setting" {
  type = bool
}
resource "aws_ecr_repository" "this" {
  name = "a"
  image_scanning_configuration { scan_on_push = try(coalesce(var.setting, false), false) }
}
resource "aws_db_instance" "this" {
  instance_class    = "db.t3.micro"
  storage_encrypted = var.setting
}
