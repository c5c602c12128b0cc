variable "web_acl_id" {
  type = string
}

variable "certificate" {
  type = string
}

variable "headers_policy" {
  type = string
}

variable "bucket" {
  type = string
}

resource "aws_cloudfront_distribution" "this" {
  enabled    = true
  web_acl_id = var.web_acl_id
  origin {
    origin_id                = "bucket"
    domain_name              = var.bucket
    origin_access_control_id = "E1"
  }
  origin {
    origin_id   = "app"
    domain_name = "app.example.com"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "match-viewer"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  origin_group {
    origin_id = "both"
    failover_criteria {
      status_codes = [500, 502]
    }
    member {
      origin_id = "bucket"
    }
    member {
      origin_id = "app"
    }
  }
  default_cache_behavior {
    target_origin_id           = "both"
    viewer_protocol_policy     = "redirect-to-https"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    cache_policy_id            = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    response_headers_policy_id = var.headers_policy
  }
  restrictions {
    geo_restriction {
      restriction_type = "whitelist"
      locations        = ["DE"]
    }
  }
  viewer_certificate {
    acm_certificate_arn      = var.certificate
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}
