variable "subnets" { default = ["subnet-1", "subnet-2"] }
variable "cache_token" {
  default   = "correct-horse-battery-staple"
  sensitive = true
}

locals {
  repositories = {
    "shop/api" = {}
    "shop/web" = { mutability = "MUTABLE" }
    "tools"    = { scan = false, keep = false }
  }
  keep = jsonencode({
    rules = [{ rulePriority = 1, selection = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = 30 }, action = { type = "expire" } }]
  })
}

resource "aws_kms_key" "platform" {
  description         = "Platform"
  enable_key_rotation = true
}

module "blue" {
  source                         = "./modules/cluster"
  cluster_name                   = "blue"
  cluster_version                = "1.31"
  subnet_ids                     = var.subnets
  cluster_enabled_log_types      = ["audit", "api", "authenticator", "controllerManager", "scheduler"]
  cluster_endpoint_public_access = false
  eks_managed_node_groups = {
    general = {
      max_size              = 5
      block_device_mappings = { root = { device_name = "/dev/xvda", ebs = { encrypted = true, kms_key_id = aws_kms_key.platform.arn, volume_size = 50 } } }
    }
    "spot.burst" = {
      metadata_options = { http_tokens = "optional" }
      remote_access    = { ec2_ssh_key = "ops" }
    }
  }
}

module "green" {
  source                         = "./modules/cluster"
  cluster_name                   = "green"
  subnet_ids                     = var.subnets
  cluster_endpoint_public_access = true
  cluster_encryption_config      = {}
  create_kms_key                 = false
  node_group_defaults            = { block_device_mappings = { root = { device_name = "/dev/xvda", ebs = { volume_size = 20 } } } }
  eks_managed_node_groups        = { general = { min_size = 2 } }
}

module "registry" {
  source                          = "./modules/registry"
  for_each                        = local.repositories
  repository_name                 = each.key
  repository_image_tag_mutability = try(each.value.mutability, "IMMUTABLE")
  repository_image_scan_on_push   = try(each.value.scan, true)
  repository_encryption_type      = each.key == "tools" ? null : "KMS"
  repository_kms_key              = each.key == "shop/api" ? aws_kms_key.platform.arn : null
  create_lifecycle_policy         = try(each.value.keep, true)
  repository_lifecycle_policy     = local.keep
  attach_repository_policy        = each.key != "shop/api"
  repository_read_access_arns     = each.key == "tools" ? ["*"] : ["arn:aws:iam::111122223333:root"]
}

module "dns" {
  source                     = "./modules/identity"
  role_name                  = "external-dns"
  issuer                     = module.blue.oidc_issuer
  namespace_service_accounts = ["dns:external-dns"]
  statements = [
    { Effect = "Allow", Action = ["route53:ChangeResourceRecordSets"], Resource = ["arn:aws:route53:::hostedzone/Z1"] },
  ]
}

module "deployer" {
  source                     = "./modules/identity"
  role_name                  = "deployer"
  issuer                     = module.green.oidc_issuer
  namespace_service_accounts = ["ci:*"]
  statements                 = [{ Effect = "Allow", Action = ["iam:*", "ec2:*"], Resource = "*" }]
}

module "sessions" {
  source                     = "./modules/cache"
  replication_group_id       = "sessions"
  engine_version             = "7.1"
  node_type                  = "cache.t4g.small"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true
  auth_token                 = var.cache_token
  kms_key_arn                = aws_kms_key.platform.arn
  snapshot_retention_limit   = 15
  auto_minor_version_upgrade = true
}

module "scratch" {
  source                     = "./modules/cache"
  replication_group_id       = "scratch"
  node_type                  = "cache.t4g.micro"
  num_cache_clusters         = 1
  at_rest_encryption_enabled = false
  transit_encryption_enabled = false
}

module "database_secret" {
  source              = "./modules/secret"
  name                = "database"
  kms_key_id          = aws_kms_key.platform.id
  enable_rotation     = true
  rotation_lambda_arn = "arn:aws:lambda:eu-west-1:111122223333:function:rotate"
  rotation_rules      = { automatically_after_days = 30 }
}

module "token_secret" {
  source = "./modules/secret"
  name   = "token"
}

module "alarm" {
  source            = "./modules/alarm"
  for_each          = { pages = true, noise = false }
  name              = each.key
  kms_master_key_id = each.value ? aws_kms_key.platform.id : null
  actions_enabled   = each.value
}

resource "aws_efs_file_system" "shared" {
  encrypted  = true
  kms_key_id = aws_kms_key.platform.arn
}

resource "aws_efs_file_system" "legacy" {}

resource "aws_efs_backup_policy" "shared" {
  file_system_id = aws_efs_file_system.shared.id
  backup_policy { status = "ENABLED" }
}

resource "aws_opensearch_domain" "logs" {
  domain_name    = "logs"
  engine_version = "OpenSearch_2.13"
  cluster_config {
    instance_type          = "m6g.large.search"
    instance_count         = 3
    zone_awareness_enabled = true
  }
  encrypt_at_rest { enabled = true }
  node_to_node_encryption { enabled = true }
  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-2019-07"
  }
  ebs_options {
    ebs_enabled = true
    volume_size = 20
  }
}

resource "aws_guardduty_detector" "this" { enable = true }

resource "aws_cloudtrail" "this" {
  name                          = "platform"
  s3_bucket_name                = "trail"
  is_multi_region_trail         = true
  enable_log_file_validation    = true
  kms_key_id                    = aws_kms_key.platform.arn
  include_global_service_events = true
}

resource "aws_ebs_encryption_by_default" "this" { enabled = true }

resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 10
}

resource "aws_instance" "runner" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.small"
  subnet_id     = "subnet-1"
  root_block_device { volume_size = 20 }
}
