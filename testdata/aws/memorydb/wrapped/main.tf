variable "cluster_name" {
  type = string
}

variable "key_arn" {
  type = string
}

resource "aws_memorydb_snapshot" "this" {
  name         = "good"
  cluster_name = var.cluster_name
  kms_key_arn  = var.key_arn
}
