variable "parameters" {
  type = map(string)
}

resource "aws_docdb_cluster_parameter_group" "this" {
  family = "docdb5.0"
  dynamic "parameter" {
    for_each = var.parameters
    content {
      name  = parameter.key
      value = parameter.value
    }
  }
}
