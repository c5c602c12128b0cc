resource "aws_kms_key" "key" {}

module "good" {
  source = "./wrapped"
  key    = aws_kms_key.key.arn
}

resource "aws_ebs_volume" "bad" {
  availability_zone = "eu-west-1a"
  size              = 8
}

resource "aws_volume_attachment" "bad" {
  device_name = "/dev/sdf"
  volume_id   = aws_ebs_volume.bad.id
  instance_id = aws_instance.bad.id
}

resource "aws_ebs_volume" "apart" {
  availability_zone = "eu-west-1a"
  size              = 8
  kms_key_id        = "arn:aws:kms:eu-west-1:111122223333:alias/aws/ebs"
  encrypted         = true
}

resource "aws_instance" "bad" {
  ami               = "ami-1"
  instance_type     = "t3.micro"
  source_dest_check = false
  user_data_base64  = "QVdTX0FDQ0VTU19LRVlfSUQ9QUtJQUlPU0ZPRE5ON0VYQU1QTEU="
}

resource "aws_network_interface" "second" {
  subnet_id = "subnet-1"
}

resource "aws_network_interface_attachment" "second" {
  instance_id          = aws_instance.bad.id
  network_interface_id = aws_network_interface.second.id
  device_index         = 1
}

resource "aws_instance" "bridge" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  user_data     = "#!/bin/sh"
}

resource "aws_network_interface" "bridge" {
  subnet_id         = "subnet-1"
  source_dest_check = false
  attachment {
    instance     = aws_instance.bridge.id
    device_index = 1
  }
}

resource "aws_ebs_snapshot_copy" "good" {
  source_snapshot_id = "snap-1"
  source_region      = "eu-west-1"
  encrypted          = true
  kms_key_id         = aws_kms_key.key.arn
}

resource "aws_ebs_snapshot_copy" "bad" {
  source_snapshot_id = "snap-1"
  source_region      = "eu-west-1"
  encrypted          = true
}

resource "aws_ami_copy" "good" {
  name              = "good"
  source_ami_id     = "ami-1"
  source_ami_region = "eu-west-1"
  encrypted         = true
  kms_key_id        = aws_kms_key.key.arn
}

resource "aws_ami_copy" "bad" {
  name              = "bad"
  source_ami_id     = "ami-1"
  source_ami_region = "eu-west-1"
  encrypted         = true
}

resource "aws_ami" "good" {
  name                = "good"
  virtualization_type = "hvm"
  root_device_name    = "/dev/xvda"
  ebs_block_device {
    device_name = "/dev/xvda"
    snapshot_id = "snap-1"
  }
  ebs_block_device {
    device_name = "/dev/sdb"
    volume_size = 8
    encrypted   = true
  }
}

resource "aws_ami" "bad" {
  name = "bad"
  ebs_block_device {
    device_name = "/dev/sdb"
    volume_size = 8
  }
}

resource "aws_ami" "bare" {
  name                = "bare"
  virtualization_type = "hvm"
}

resource "aws_ami_launch_permission" "public" {
  image_id = aws_ami.good.id
  group    = "all"
}

resource "aws_ami_launch_permission" "account" {
  image_id   = aws_ami.good.id
  account_id = "111122223333"
}

resource "aws_imagebuilder_component" "bad" {
  name     = "bad"
  platform = "Linux"
  version  = "1.0.0"
  data     = "schemaVersion: 1.0"
}

resource "aws_imagebuilder_component" "good" {
  name       = "good"
  platform   = "Linux"
  version    = "1.0.0"
  data       = "schemaVersion: 1.0"
  kms_key_id = aws_kms_key.key.arn
}

resource "aws_imagebuilder_distribution_configuration" "good" {
  name = "good"
  distribution {
    region = "eu-west-1"
    ami_distribution_configuration {
      kms_key_id = aws_kms_key.key.arn
    }
  }
}

resource "aws_imagebuilder_distribution_configuration" "bad" {
  name = "bad"
  distribution {
    region = "eu-west-1"
    ami_distribution_configuration {
      name = "bad"
    }
  }
}

resource "aws_imagebuilder_image_recipe" "good" {
  name         = "good"
  parent_image = "ami-1"
  version      = "1.0.0"
  component {
    component_arn = aws_imagebuilder_component.good.arn
  }
  block_device_mapping {
    device_name = "/dev/xvdb"
    ebs {
      encrypted  = true
      kms_key_id = aws_kms_key.key.arn
    }
  }
}

resource "aws_imagebuilder_image_recipe" "bad" {
  name         = "bad"
  parent_image = "ami-1"
  version      = "1.0.0"
  component {
    component_arn = aws_imagebuilder_component.good.arn
  }
  block_device_mapping {
    device_name = "/dev/xvdb"
    ebs {
      volume_size = 8
    }
  }
}

resource "aws_ec2_client_vpn_endpoint" "good" {
  server_certificate_arn = "arn:aws:acm:eu-west-1:111122223333:certificate/c"
  client_cidr_block      = "10.0.0.0/16"
  authentication_options {
    type                       = "certificate-authentication"
    root_certificate_chain_arn = "arn:aws:acm:eu-west-1:111122223333:certificate/c"
  }
  connection_log_options {
    enabled              = true
    cloudwatch_log_group = "vpn"
  }
}

resource "aws_ec2_client_vpn_endpoint" "bad" {
  server_certificate_arn = "arn:aws:acm:eu-west-1:111122223333:certificate/c"
  client_cidr_block      = "10.0.0.0/16"
  authentication_options {
    type                       = "certificate-authentication"
    root_certificate_chain_arn = "arn:aws:acm:eu-west-1:111122223333:certificate/c"
  }
  connection_log_options {
    enabled = false
  }
}

resource "aws_default_vpc" "bad" {}

resource "aws_launch_template" "good" {
  name      = "good"
  user_data = base64encode("#!/bin/sh")
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_launch_template" "bad" {
  name      = "bad"
  user_data = base64encode("aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
  metadata_options {
    http_put_response_hop_limit = 2
  }
}

resource "aws_launch_configuration" "bare" {
  name          = "bare"
  image_id      = "ami-1"
  instance_type = "t3.micro"
}
