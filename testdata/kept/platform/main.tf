variable "subnets" { default = ["subnet-1", "subnet-2"] }
variable "cache_token" {
  default   = "correct-horse-battery-staple"
  sensitive = true
}

locals {
  repositories = {
    "shop/api" = {}
    "shop/web" = { mutability = "MUTABLE" }
    "tools"    = {}
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
  source                         = "../../real/platform/modules/cluster"
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
      block_device_mappings = { root = { device_name = "/dev/xvda", ebs = { encrypted = true, volume_size = 50 } } }
    }
  }
}

module "green" {
  source                         = "../../real/platform/modules/cluster"
  cluster_name                   = "green"
  subnet_ids                     = var.subnets
  cluster_endpoint_public_access = false
  node_group_defaults            = { block_device_mappings = { root = { device_name = "/dev/xvda", ebs = { encrypted = true, volume_size = 20 } } } }
  eks_managed_node_groups        = { general = { min_size = 2 } }
}

module "registry" {
  source                          = "../../real/platform/modules/registry"
  for_each                        = local.repositories
  repository_name                 = each.key
  repository_image_tag_mutability = try(each.value.mutability, "IMMUTABLE")
  repository_image_scan_on_push   = try(each.value.scan, true)
  repository_encryption_type      = "KMS"
  repository_kms_key              = each.key == "shop/api" ? aws_kms_key.platform.arn : null
  create_lifecycle_policy         = try(each.value.keep, true)
  repository_lifecycle_policy     = local.keep
  attach_repository_policy        = each.key != "shop/api"
  repository_read_access_arns     = ["arn:aws:iam::111122223333:root"]
}

module "dns" {
  source                     = "../../real/platform/modules/identity"
  role_name                  = "external-dns"
  issuer                     = module.blue.oidc_issuer
  namespace_service_accounts = ["dns:external-dns"]
  statements = [
    { Effect = "Allow", Action = ["route53:ChangeResourceRecordSets"], Resource = ["arn:aws:route53:::hostedzone/Z1"] },
  ]
}

module "deployer" {
  source                     = "../../real/platform/modules/identity"
  role_name                  = "deployer"
  issuer                     = module.green.oidc_issuer
  namespace_service_accounts = ["ci:deployer"]
  statements                 = [{ Effect = "Allow", Action = ["ecr:PutImage"], Resource = "arn:aws:ecr:eu-west-1:111122223333:repository/shop/api" }]
}

module "sessions" {
  source                     = "../../real/platform/modules/cache"
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

module "database_secret" {
  source              = "../../real/platform/modules/secret"
  name                = "database"
  kms_key_id          = aws_kms_key.platform.id
  enable_rotation     = true
  rotation_lambda_arn = "arn:aws:lambda:eu-west-1:111122223333:function:rotate"
  rotation_rules      = { automatically_after_days = 30 }
}

module "token_secret" {
  source = "../../real/platform/modules/secret"
  name   = "token"
}

module "alarm" {
  source            = "../../real/platform/modules/alarm"
  for_each          = toset(["pages", "tickets"])
  name              = each.key
  kms_master_key_id = aws_kms_key.platform.id
}

resource "aws_efs_file_system" "shared" {
  encrypted  = true
  kms_key_id = aws_kms_key.platform.arn
}

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
  vpc_options {
    subnet_ids         = var.subnets
    security_group_ids = ["sg-0123456789abcdef0"]
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
  metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }
  root_block_device {
    volume_size = 20
    encrypted   = true
  }
}
