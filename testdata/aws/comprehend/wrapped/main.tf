variable "key" {
  default = null
}

resource "aws_comprehend_entity_recognizer" "this" {
  name                 = "recogniser"
  data_access_role_arn = "arn:aws:iam::111122223333:role/data"
  language_code        = "en"
  model_kms_key_id     = var.key
  volume_kms_key_id    = var.key
  input_data_config {
    entity_types {
      type = "PART"
    }
    documents {
      s3_uri = "s3://example/documents.txt"
    }
    entity_list {
      s3_uri = "s3://example/entities.csv"
    }
  }
}
