resource "aws_kms_key" "key" {}

module "good" {
  source = "./wrapped"
  key    = aws_kms_key.key.arn
}

resource "aws_keyspaces_table" "bad" {
  keyspace_name = "example"
  table_name    = "bad"
  schema_definition {
    column {
      name = "id"
      type = "ascii"
    }
    partition_key {
      name = "id"
    }
  }
}
