variable "tls_policy" {
  type    = string
  default = "Optional"
}

resource "aws_ses_configuration_set" "this" {
  name = "wrapped"
  delivery_options {
    tls_policy = var.tls_policy
  }
}
