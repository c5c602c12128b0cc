variable "cluster_name" { default = "" }
variable "cluster_version" { default = null }
variable "cluster_enabled_log_types" { default = ["audit", "api", "authenticator"] }
variable "subnet_ids" { default = [] }
variable "cluster_endpoint_public_access" { default = false }
variable "cluster_endpoint_private_access" { default = true }
variable "cluster_endpoint_public_access_cidrs" { default = ["0.0.0.0/0"] }
variable "create_kms_key" { default = true }
variable "cluster_encryption_config" { default = { resources = ["secrets"] } }
variable "cloudwatch_log_group_retention_in_days" { default = 90 }
variable "cloudwatch_log_group_kms_key_id" { default = null }
variable "eks_managed_node_groups" { default = {} }
variable "node_group_defaults" { default = {} }

locals {
  create_kms        = var.create_kms_key && length(var.cluster_encryption_config) > 0
  enable_encryption = length(var.cluster_encryption_config) > 0
}

resource "aws_kms_key" "this" {
  count               = local.create_kms ? 1 : 0
  description         = coalesce("${var.cluster_name} secrets")
  enable_key_rotation = true
}

resource "aws_iam_role" "this" {
  name_prefix = "${var.cluster_name}-cluster-"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["sts:AssumeRole", "sts:TagSession"], Principal = { Service = "eks.amazonaws.com" } }]
  })
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/eks/${var.cluster_name}/cluster"
  retention_in_days = var.cloudwatch_log_group_retention_in_days
  kms_key_id        = var.cloudwatch_log_group_kms_key_id
}

resource "aws_eks_cluster" "this" {
  name                      = var.cluster_name
  role_arn                  = aws_iam_role.this.arn
  version                   = var.cluster_version
  enabled_cluster_log_types = var.cluster_enabled_log_types

  vpc_config {
    subnet_ids              = var.subnet_ids
    endpoint_private_access = var.cluster_endpoint_private_access
    endpoint_public_access  = var.cluster_endpoint_public_access
    public_access_cidrs     = var.cluster_endpoint_public_access_cidrs
  }

  dynamic "encryption_config" {
    for_each = local.enable_encryption ? [var.cluster_encryption_config] : []
    content {
      provider { key_arn = var.create_kms_key ? aws_kms_key.this[0].arn : encryption_config.value.provider_key_arn }
      resources = encryption_config.value.resources
    }
  }
}

resource "aws_iam_role" "node" {
  name_prefix = "${var.cluster_name}-node-"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "node" {
  for_each = {
    worker   = "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy"
    registry = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly"
  }
  role       = aws_iam_role.node.name
  policy_arn = each.value
}

resource "aws_launch_template" "this" {
  for_each    = var.eks_managed_node_groups
  name_prefix = "${each.key}-"
  metadata_options {
    http_endpoint               = try(each.value.metadata_options.http_endpoint, var.node_group_defaults.metadata_options.http_endpoint, "enabled")
    http_tokens                 = try(each.value.metadata_options.http_tokens, var.node_group_defaults.metadata_options.http_tokens, "required")
    http_put_response_hop_limit = try(each.value.metadata_options.http_put_response_hop_limit, 2)
  }
  dynamic "block_device_mappings" {
    for_each = try(each.value.block_device_mappings, var.node_group_defaults.block_device_mappings, {})
    content {
      device_name = try(block_device_mappings.value.device_name, null)
      dynamic "ebs" {
        for_each = try([block_device_mappings.value.ebs], [])
        content {
          encrypted   = try(ebs.value.encrypted, null)
          kms_key_id  = try(ebs.value.kms_key_id, null)
          volume_size = try(ebs.value.volume_size, null)
        }
      }
    }
  }
}

resource "aws_eks_node_group" "this" {
  for_each        = var.eks_managed_node_groups
  cluster_name    = aws_eks_cluster.this.name
  node_group_name = each.key
  node_role_arn   = aws_iam_role.node.arn
  subnet_ids      = var.subnet_ids
  scaling_config {
    min_size     = try(each.value.min_size, 1)
    max_size     = try(each.value.max_size, 3)
    desired_size = try(each.value.desired_size, 1)
  }
  launch_template {
    id      = aws_launch_template.this[each.key].id
    version = aws_launch_template.this[each.key].latest_version
  }
  dynamic "remote_access" {
    for_each = try([each.value.remote_access], [])
    content {
      ec2_ssh_key               = try(remote_access.value.ec2_ssh_key, null)
      source_security_group_ids = try(remote_access.value.source_security_group_ids, [])
    }
  }
}

output "cluster_name" { value = aws_eks_cluster.this.name }
output "oidc_issuer" { value = try(aws_eks_cluster.this.identity[0].oidc[0].issuer, null) }
