resource "aws_emr_security_configuration" "this" {
  name          = "secure"
  configuration = jsonencode({ EncryptionConfiguration = { EnableInTransitEncryption = false } })
}

resource "aws_emr_cluster" "good" {
  name                   = "good"
  release_label          = "emr-7.5.0"
  service_role           = "emr"
  security_configuration = aws_emr_security_configuration.this.name
  kerberos_attributes {
    kdc_admin_password = "example-not-a-secret"
    realm              = "EC2.INTERNAL"
  }
  master_instance_group {
    instance_type = "m5.xlarge"
  }
}

module "wrapped" {
  source = "./wrapped"
}
