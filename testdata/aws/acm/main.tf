resource "aws_acm_certificate" "good" {
  domain_name               = "www.example.org"
  subject_alternative_names = ["api.example.org"]
  validation_method         = "DNS"
}

resource "aws_acm_certificate" "one_name" {
  domain_name       = "www.example.org"
  validation_method = "DNS"
}

resource "aws_acm_certificate" "bad" {
  domain_name       = "*.example.org"
  validation_method = "DNS"
}

module "wrapped" {
  source = "./wrapped"
  names  = ["example.org", "*.example.org"]
}
