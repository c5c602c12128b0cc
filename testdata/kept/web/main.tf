variable "certificate_arn" { default = "arn:aws:acm:eu-west-1:111122223333:certificate/web" }

locals {
  name = "shop"
  azs  = ["eu-west-1a", "eu-west-1b"]
  tags = { project = local.name }
}

module "vpc" {
  source                               = "../../real/web/modules/vpc"
  name                                 = local.name
  cidr                                 = "10.0.0.0/16"
  azs                                  = local.azs
  public_subnets                       = ["10.0.0.0/24", "10.0.1.0/24"]
  private_subnets                      = ["10.0.10.0/24", "10.0.11.0/24"]
  database_subnets                     = ["10.0.20.0/24", "10.0.21.0/24"]
  enable_nat_gateway                   = true
  enable_flow_log                      = true
  create_flow_log_cloudwatch_log_group = true
  tags                                 = local.tags
}

module "alb_sg" {
  source              = "../../real/web/modules/security-group"
  name                = "${local.name}-alb"
  vpc_id              = module.vpc.vpc_id
  ingress_rules       = ["https-443-tcp", "http-80-tcp"]
  ingress_cidr_blocks = ["0.0.0.0/0"]
}

module "app_sg" {
  source                                                   = "../../real/web/modules/security-group"
  name                                                     = "${local.name}-app"
  vpc_id                                                   = module.vpc.vpc_id
  number_of_computed_ingress_with_source_security_group_id = 1
  computed_ingress_with_source_security_group_id = [
    { rule = "http-80-tcp", source_security_group_id = module.alb_sg.security_group_id },
  ]
}

module "db_sg" {
  source                                                   = "../../real/web/modules/security-group"
  name                                                     = "${local.name}-db"
  vpc_id                                                   = module.vpc.vpc_id
  number_of_computed_ingress_with_source_security_group_id = 1
  computed_ingress_with_source_security_group_id = [
    { rule = "postgresql-tcp", source_security_group_id = module.app_sg.security_group_id },
  ]
}

resource "aws_s3_bucket" "logs" { bucket = "${local.name}-lb-logs" }

resource "aws_s3_bucket_public_access_block" "logs" {
  bucket                  = aws_s3_bucket.logs.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_wafv2_web_acl" "this" {
  name  = local.name
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  rule {
    name     = "common"
    priority = 1
    override_action {
      none {}
    }
    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesCommonRuleSet"
        vendor_name = "AWS"
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "common"
      sampled_requests_enabled   = true
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = local.name
    sampled_requests_enabled   = true
  }
}

module "alb" {
  source            = "../../real/web/modules/alb"
  name              = local.name
  vpc_id            = module.vpc.vpc_id
  subnets           = module.vpc.public_subnets
  security_groups   = [module.alb_sg.security_group_id]
  access_logs       = { bucket = aws_s3_bucket.logs.id }
  associate_web_acl = true
  web_acl_arn       = aws_wafv2_web_acl.this.arn
  listeners = {
    http = {
      port     = 80
      protocol = "HTTP"
      redirect = { port = "443", protocol = "HTTPS", status_code = "HTTP_301" }
    }
    https = {
      port            = 443
      protocol        = "HTTPS"
      certificate_arn = var.certificate_arn
      forward         = { target_group_key = "app" }
    }
  }
  target_groups = { app = { name_prefix = "app-", port = 80, health_check = { path = "/health" } } }
}

module "internal_alb" {
  source                     = "../../real/web/modules/alb"
  name                       = "${local.name}-internal"
  internal                   = true
  vpc_id                     = module.vpc.vpc_id
  subnets                    = module.vpc.private_subnets
  security_groups            = [module.app_sg.security_group_id]
  enable_deletion_protection = false
  listeners = {
    https = {
      port            = 443
      protocol        = "HTTPS"
      ssl_policy      = "ELBSecurityPolicy-TLS13-1-2-2021-06"
      certificate_arn = var.certificate_arn
      forward         = { target_group_key = "app" }
    }
  }
  target_groups = { app = { port = 8080 } }
}

module "app" {
  source              = "../../real/web/modules/autoscaling"
  name                = local.name
  image_id            = "ami-0123456789abcdef0"
  instance_type       = "t3.small"
  min_size            = 2
  max_size            = 4
  health_check_type   = "ELB"
  security_groups     = [module.app_sg.security_group_id]
  vpc_zone_identifier = module.vpc.private_subnets
  target_group_arns   = { app = module.alb.target_groups["app"].arn }
  metadata_options    = { http_tokens = "required" }
  block_device_mappings = [
    { device_name = "/dev/xvda", ebs = { encrypted = true, volume_size = 20 } },
  ]
}

module "db" {
  source                          = "../../real/web/modules/rds"
  identifier                      = local.name
  engine                          = "postgres"
  engine_version                  = "16.4"
  instance_class                  = "db.t4g.medium"
  allocated_storage               = 50
  username                        = "shop"
  multi_az                        = true
  vpc_security_group_ids          = [module.db_sg.security_group_id]
  db_subnet_group_name            = module.vpc.database_subnet_group
  backup_retention_period         = 14
  deletion_protection             = true
  enabled_cloudwatch_logs_exports = ["postgresql", "upgrade"]
  parameters                      = [{ name = "rds.force_ssl", value = "1" }]
}

