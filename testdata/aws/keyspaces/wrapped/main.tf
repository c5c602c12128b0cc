variable "key" {}

resource "aws_keyspaces_table" "this" {
  keyspace_name = "example"
  table_name    = "good"
  schema_definition {
    column {
      name = "id"
      type = "ascii"
    }
    partition_key {
      name = "id"
    }
  }
  encryption_specification {
    type               = "CUSTOMER_MANAGED_KMS_KEY"
    kms_key_identifier = var.key
  }
}
