variable "key" {}

resource "aws_ebs_volume" "this" {
  availability_zone = "eu-west-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = var.key
}

resource "aws_volume_attachment" "this" {
  device_name = "/dev/sdf"
  volume_id   = aws_ebs_volume.this.id
  instance_id = aws_instance.this.id
}

resource "aws_instance" "this" {
  ami                     = "ami-1"
  instance_type           = "t3.micro"
  disable_api_termination = true
}

resource "aws_backup_selection" "this" {
  name         = "volumes"
  plan_id      = "plan"
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"
  resources    = [aws_ebs_volume.this.arn]
}

resource "aws_network_interface" "this" {
  subnet_id = "subnet-1"
}
