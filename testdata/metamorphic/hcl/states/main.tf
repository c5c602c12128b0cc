# Optional and computed attributes and blocks: left out, null, waiting.
terraform {
  required_providers { aws = { source = "hashicorp/aws" } }
}

provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "mock"
  secret_key                  = "mock"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

variable "nothing" {
  type    = bool
  default = null
}
variable "no_text" {
  type    = string
  default = null
}
variable "yes" { default = true }
variable "volumes" {
  type    = map(object({ encrypted = optional(bool) }))
  default = { plain = {}, secret = { encrypted = true } }
}
variable "tags" { default = { team = "a" } }
locals {
  nothing = null
  yes     = true
}

resource "terraform_data" "later" { input = "x" }
resource "aws_kms_key" "key" {}

# --- Blocks of an instance ---

resource "aws_instance" "omitted" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
}
resource "aws_instance" "tokens" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
  metadata_options { http_tokens = "required" }
}
resource "aws_instance" "tokens_null" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
  metadata_options { http_tokens = var.no_text }
}
resource "aws_instance" "tokens_waiting" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
  metadata_options { http_tokens = terraform_data.later.output }
}
resource "aws_instance" "dynamic_on" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
  dynamic "metadata_options" {
    for_each = [var.yes]
    content { http_tokens = "required" }
  }
}
resource "aws_instance" "dynamic_content_waiting" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
  dynamic "metadata_options" {
    for_each = [1]
    content { http_tokens = terraform_data.later.output }
  }
}
resource "aws_instance" "dynamic_off" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
  dynamic "metadata_options" {
    for_each = toset([])
    content { http_tokens = "required" }
  }
  dynamic "launch_template" {
    for_each = toset([])
    content { name = "a" }
  }
}
resource "aws_instance" "dynamic_waiting" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
  dynamic "metadata_options" {
    for_each = terraform_data.later.output == "x" ? [1] : []
    content { http_tokens = "required" }
  }
  dynamic "launch_template" {
    for_each = terraform_data.later.output == "x" ? [1] : []
    content { name = "a" }
  }
}
resource "aws_instance" "root_encrypted" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
  root_block_device { encrypted = true }
}
resource "aws_instance" "root_sized" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
  root_block_device { volume_size = 10 }
}
resource "aws_instance" "root_waiting" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
  root_block_device { encrypted = terraform_data.later.output == "x" }
}
resource "aws_instance" "devices_none_encrypted" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
  ebs_block_device { device_name = "/dev/sdb" }
  ebs_block_device { device_name = "/dev/sdc" }
}
resource "aws_instance" "devices_all_encrypted" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
  ebs_block_device {
    device_name = "/dev/sdb"
    encrypted   = true
  }
  ebs_block_device {
    device_name = "/dev/sdc"
    encrypted   = true
  }
}
resource "aws_instance" "devices_one_encrypted" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
  ebs_block_device {
    device_name = "/dev/sdb"
    encrypted   = true
  }
  ebs_block_device { device_name = "/dev/sdc" }
}

# --- One attribute, in many ways ---

resource "aws_ebs_volume" "omitted" {
  availability_zone = "eu-west-1a"
  size              = 1
}
resource "aws_ebs_volume" "literal" {
  availability_zone = "eu-west-1a"
  size              = 1
  encrypted         = true
}
resource "aws_ebs_volume" "literal_false" {
  availability_zone = "eu-west-1a"
  size              = 1
  encrypted         = false
}
resource "aws_ebs_volume" "literal_null" {
  availability_zone = "eu-west-1a"
  size              = 1
  encrypted         = null
}
resource "aws_ebs_volume" "variable_null" {
  availability_zone = "eu-west-1a"
  size              = 1
  encrypted         = var.nothing
}
resource "aws_ebs_volume" "conditional_null" {
  availability_zone = "eu-west-1a"
  size              = 1
  encrypted         = var.yes ? null : true
}
resource "aws_ebs_volume" "local_null" {
  availability_zone = "eu-west-1a"
  size              = 1
  encrypted         = local.nothing
}
resource "aws_ebs_volume" "local_true" {
  availability_zone = "eu-west-1a"
  size              = 1
  encrypted         = local.yes
}
resource "aws_ebs_volume" "counted" {
  count             = 2
  availability_zone = "eu-west-1a"
  size              = 1
  encrypted         = count.index == 0 ? true : null
}
resource "aws_ebs_volume" "each_null" {
  for_each          = { plain = null, secret = true }
  availability_zone = "eu-west-1a"
  size              = 1
  encrypted         = each.value
}
resource "aws_ebs_volume" "each_optional" {
  for_each          = var.volumes
  availability_zone = "eu-west-1a"
  size              = 1
  encrypted         = each.value.encrypted
}
resource "aws_ebs_volume" "each_waiting" {
  for_each          = { one = terraform_data.later.output == "x" }
  availability_zone = "eu-west-1a"
  size              = 1
  encrypted         = each.value
}
resource "aws_ebs_volume" "waiting" {
  availability_zone = "eu-west-1a"
  size              = 1
  encrypted         = terraform_data.later.output == "x"
}
resource "aws_ebs_volume" "mixed" {
  availability_zone = "eu-west-1a"
  size              = 1
  encrypted         = var.nothing == null ? terraform_data.later.output == "x" : null
}
resource "aws_ebs_volume" "sensitive_waiting" {
  availability_zone = "eu-west-1a"
  size              = 1
  encrypted         = sensitive(terraform_data.later.output == "x")
}
resource "aws_ebs_volume" "by_reference" {
  availability_zone = "eu-west-1a"
  size              = 1
  kms_key_id        = aws_kms_key.key.arn
}
resource "aws_ebs_volume" "tagged" {
  availability_zone = "eu-west-1a"
  size              = 1
  tags              = { team = "a", later = aws_kms_key.key.arn }
}
resource "aws_ebs_volume" "tagged_known" {
  availability_zone = "eu-west-1a"
  size              = 1
  tags              = { team = "a", empty = "" }
}
resource "aws_ebs_volume" "tagged_whole_later" {
  availability_zone = "eu-west-1a"
  size              = 1
  tags              = jsondecode(terraform_data.later.output)
}
module "null_through_two" {
  source = "./modules/outer"
}
module "null_given" {
  source    = "./modules/outer"
  encrypted = var.nothing
}
module "true_given" {
  source    = "./modules/outer"
  encrypted = true
}
module "later_given" {
  source    = "./modules/outer"
  encrypted = terraform_data.later.output == "x"
}
module "each_given" {
  source    = "./modules/outer"
  for_each  = { plain = null, secret = true }
  encrypted = each.value
}

# --- The same meaning in several shapes of plan ---

resource "aws_sqs_queue" "omitted" { name = "a" }
resource "aws_sqs_queue" "off" {
  name                    = "a"
  sqs_managed_sse_enabled = false
}
resource "aws_sqs_queue" "policies" {
  name   = "a"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Resource = aws_kms_key.key.arn }] })
}
resource "aws_sqs_queue" "policy_known" {
  name   = "a"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Resource = "*" }] })
}
resource "aws_ecr_repository" "omitted" { name = "a" }
resource "aws_ecr_repository" "empty_block" {
  name = "a"
  encryption_configuration {}
}
resource "aws_s3_bucket" "omitted" { bucket = "abcd" }
resource "aws_security_group" "omitted" { name = "a" }
resource "aws_security_group" "open" {
  name = "a"
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8", terraform_data.later.output]
  }
}
resource "aws_db_instance" "omitted" {
  instance_class = "db.t3.micro"
  engine         = "postgres"
  username       = "a"
  password       = "unused-password"
}
resource "aws_rds_cluster" "omitted" {
  engine          = "aurora-postgresql"
  master_username = "a"
  master_password = "unused-password"
}
resource "aws_cloudwatch_log_group" "omitted" { name = "a" }
resource "aws_dynamodb_table" "omitted" {
  name         = "a"
  hash_key     = "k"
  billing_mode = "PAY_PER_REQUEST"
  attribute {
    name = "k"
    type = "S"
  }
}
resource "aws_dynamodb_table" "waiting" {
  name         = "a"
  hash_key     = "k"
  billing_mode = "PAY_PER_REQUEST"
  attribute {
    name = "k"
    type = "S"
  }
  server_side_encryption { enabled = terraform_data.later.output == "x" }
  point_in_time_recovery { enabled = true }
}
