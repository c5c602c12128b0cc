resource "aws_route53_zone" "good" {
  name = "good.example.org"
}

resource "aws_route53_query_log" "good" {
  zone_id                  = aws_route53_zone.good.zone_id
  cloudwatch_log_group_arn = "arn:aws:logs:us-east-1:111122223333:log-group:dns"
}

resource "aws_route53_key_signing_key" "good" {
  hosted_zone_id             = aws_route53_zone.good.id
  key_management_service_arn = "arn:aws:kms:us-east-1:111122223333:key/1"
  name                       = "good"
}

resource "aws_route53_hosted_zone_dnssec" "good" {
  hosted_zone_id = aws_route53_key_signing_key.good.hosted_zone_id
}

resource "aws_route53_zone" "key_only" {
  name = "key.example.org"
}

resource "aws_route53_key_signing_key" "key_only" {
  hosted_zone_id             = aws_route53_zone.key_only.id
  key_management_service_arn = "arn:aws:kms:us-east-1:111122223333:key/1"
  name                       = "key"
}

resource "aws_route53_zone" "bad" {
  name = "bad.example.org"
}

resource "aws_route53_zone" "private" {
  name = "example.internal"
  vpc {
    vpc_id = "vpc-1"
  }
}

resource "aws_route53_zone" "associated" {
  name = "other.internal"
}

resource "aws_route53_zone_association" "associated" {
  zone_id = aws_route53_zone.associated.zone_id
  vpc_id  = "vpc-1"
}

resource "aws_route53domains_registered_domain" "good" {
  domain_name = "example.org"
}

resource "aws_route53domains_registered_domain" "bad" {
  domain_name   = "example.net"
  transfer_lock = false
}

module "wrapped" {
  source = "./wrapped"
  zones  = ["a.example.org", "b.example.org"]
  signed = ["a.example.org"]
}
