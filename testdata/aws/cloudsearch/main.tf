resource "aws_cloudsearch_domain" "good" {
  name = "good"
  endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-2019-07"
  }
}

resource "aws_cloudsearch_domain" "bad" {
  name = "bad"
  endpoint_options {
    enforce_https       = false
    tls_security_policy = "Policy-Min-TLS-1-0-2019-07"
  }
}

resource "aws_cloudsearch_domain" "nothing" {
  name = "nothing"
}

module "wrapped" {
  source = "./wrapped"
}
