resource "aws_kms_key" "files" {}

resource "aws_fsx_ontap_file_system" "good" {
  storage_capacity    = 1024
  subnet_ids          = ["subnet-1"]
  preferred_subnet_id = "subnet-1"
  deployment_type     = "SINGLE_AZ_1"
  throughput_capacity = 128
  kms_key_id          = aws_kms_key.files.arn
}

resource "aws_fsx_ontap_file_system" "bad" {
  storage_capacity    = 1024
  subnet_ids          = ["subnet-1"]
  preferred_subnet_id = "subnet-1"
  deployment_type     = "SINGLE_AZ_1"
  throughput_capacity = 128
}

resource "aws_fsx_windows_file_system" "good" {
  active_directory_id = "d-1234567890"
  storage_capacity    = 300
  subnet_ids          = ["subnet-1"]
  throughput_capacity = 8
  kms_key_id          = aws_kms_key.files.arn
}

resource "aws_fsx_windows_file_system" "bad" {
  active_directory_id = "d-1234567890"
  storage_capacity    = 300
  subnet_ids          = ["subnet-1"]
  throughput_capacity = 8
}

module "good" {
  source     = "./wrapped"
  kms_key_id = aws_kms_key.files.arn
  copy_tags  = true
}

module "bad" {
  source = "./wrapped"
}
