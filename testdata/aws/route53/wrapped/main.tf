variable "zones" {
  type = set(string)
}

variable "signed" {
  type = set(string)
}

resource "aws_route53_zone" "this" {
  for_each = var.zones
  name     = each.key
}

resource "aws_route53_query_log" "this" {
  for_each                 = var.zones
  zone_id                  = aws_route53_zone.this[each.key].zone_id
  cloudwatch_log_group_arn = "arn:aws:logs:us-east-1:111122223333:log-group:dns"
}

resource "aws_route53_hosted_zone_dnssec" "this" {
  for_each       = var.signed
  hosted_zone_id = aws_route53_zone.this[each.key].id
}
