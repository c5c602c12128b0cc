variable "enforce_https" {
  type    = bool
  default = null
}

resource "aws_cloudsearch_domain" "this" {
  name = "wrapped"
  endpoint_options {
    enforce_https = var.enforce_https
  }
}
