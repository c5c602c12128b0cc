variable "create_vpc" { default = true }
variable "name" {}
variable "cidr" {}
variable "secondary_cidr_blocks" { default = [] }
variable "azs" { default = [] }
variable "public_subnets" { default = [] }
variable "private_subnets" { default = [] }
variable "database_subnets" { default = [] }
variable "map_public_ip_on_launch" { default = false }
variable "enable_nat_gateway" { default = false }
variable "single_nat_gateway" { default = false }
variable "enable_flow_log" { default = false }
variable "flow_log_destination_arn" { default = null }
variable "flow_log_traffic_type" { default = "ALL" }
variable "create_flow_log_cloudwatch_log_group" { default = false }
variable "flow_log_cloudwatch_log_group_retention_in_days" { default = null }
variable "flow_log_cloudwatch_log_group_kms_key_id" { default = null }
variable "manage_default_security_group" { default = true }
variable "default_security_group_ingress" { default = [] }
variable "tags" { default = {} }

locals {
  len_public        = length(var.public_subnets)
  len_private       = length(var.private_subnets)
  nat_gateway_count = var.single_nat_gateway ? 1 : local.len_private
  create_flow_log   = var.create_vpc && var.enable_flow_log
  own_log_group     = local.create_flow_log && var.create_flow_log_cloudwatch_log_group
  flow_log_destination_arn = (
    local.own_log_group ? try(aws_cloudwatch_log_group.flow_log[0].arn, null) : var.flow_log_destination_arn
  )
  vpc_id = try(aws_vpc_ipv4_cidr_block_association.this[0].vpc_id, aws_vpc.this[0].id, "")
}

resource "aws_vpc" "this" {
  count                = var.create_vpc ? 1 : 0
  cidr_block           = var.cidr
  enable_dns_hostnames = true
  tags                 = merge({ Name = var.name }, var.tags)
}

resource "aws_vpc_ipv4_cidr_block_association" "this" {
  count      = var.create_vpc ? length(var.secondary_cidr_blocks) : 0
  vpc_id     = aws_vpc.this[0].id
  cidr_block = element(var.secondary_cidr_blocks, count.index)
}

resource "aws_subnet" "public" {
  count                   = local.len_public
  vpc_id                  = local.vpc_id
  cidr_block              = element(var.public_subnets, count.index)
  availability_zone       = length(var.azs) > 0 ? element(var.azs, count.index) : null
  map_public_ip_on_launch = var.map_public_ip_on_launch
  tags                    = merge({ Name = try("${var.name}-public-${element(var.azs, count.index)}", var.name) }, var.tags)
}

resource "aws_subnet" "private" {
  count             = local.len_private
  vpc_id            = local.vpc_id
  cidr_block        = element(var.private_subnets, count.index)
  availability_zone = length(var.azs) > 0 ? element(var.azs, count.index) : null
  tags              = var.tags
}

resource "aws_subnet" "database" {
  count             = length(var.database_subnets)
  vpc_id            = local.vpc_id
  cidr_block        = element(var.database_subnets, count.index)
  availability_zone = length(var.azs) > 0 ? element(var.azs, count.index) : null
  tags              = var.tags
}

resource "aws_db_subnet_group" "database" {
  count      = length(var.database_subnets) > 0 ? 1 : 0
  name       = lower(var.name)
  subnet_ids = aws_subnet.database[*].id
}

resource "aws_internet_gateway" "this" {
  count  = local.len_public > 0 ? 1 : 0
  vpc_id = local.vpc_id
}

resource "aws_route_table" "public" {
  count  = local.len_public > 0 ? 1 : 0
  vpc_id = local.vpc_id
}

resource "aws_route" "public_internet_gateway" {
  count                  = local.len_public > 0 ? 1 : 0
  route_table_id         = aws_route_table.public[0].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this[0].id
}

resource "aws_route_table_association" "public" {
  count          = local.len_public
  subnet_id      = element(aws_subnet.public[*].id, count.index)
  route_table_id = aws_route_table.public[0].id
}

resource "aws_eip" "nat" {
  count  = var.enable_nat_gateway ? local.nat_gateway_count : 0
  domain = "vpc"
}

resource "aws_nat_gateway" "this" {
  count         = var.enable_nat_gateway ? local.nat_gateway_count : 0
  allocation_id = element(aws_eip.nat[*].id, var.single_nat_gateway ? 0 : count.index)
  subnet_id     = element(aws_subnet.public[*].id, var.single_nat_gateway ? 0 : count.index)
}

resource "aws_default_security_group" "this" {
  count  = var.create_vpc && var.manage_default_security_group ? 1 : 0
  vpc_id = aws_vpc.this[0].id
  dynamic "ingress" {
    for_each = var.default_security_group_ingress
    content {
      self        = lookup(ingress.value, "self", null)
      cidr_blocks = compact(split(",", lookup(ingress.value, "cidr_blocks", "")))
      from_port   = lookup(ingress.value, "from_port", 0)
      to_port     = lookup(ingress.value, "to_port", 0)
      protocol    = lookup(ingress.value, "protocol", "-1")
    }
  }
}

resource "aws_flow_log" "this" {
  count                = local.create_flow_log ? 1 : 0
  log_destination_type = local.own_log_group ? "cloud-watch-logs" : "s3"
  log_destination      = local.flow_log_destination_arn
  iam_role_arn         = local.own_log_group ? aws_iam_role.flow_log[0].arn : null
  traffic_type         = var.flow_log_traffic_type
  vpc_id               = local.vpc_id
}

resource "aws_cloudwatch_log_group" "flow_log" {
  count             = local.own_log_group ? 1 : 0
  name              = "/aws/vpc-flow-log/${local.vpc_id}"
  retention_in_days = var.flow_log_cloudwatch_log_group_retention_in_days
  kms_key_id        = var.flow_log_cloudwatch_log_group_kms_key_id
}

resource "aws_iam_role" "flow_log" {
  count              = local.own_log_group ? 1 : 0
  name_prefix        = "vpc-flow-log-role-"
  assume_role_policy = data.aws_iam_policy_document.assume[0].json
}

data "aws_iam_policy_document" "assume" {
  count = local.own_log_group ? 1 : 0
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["vpc-flow-logs.amazonaws.com"]
    }
  }
}

output "vpc_id" { value = try(aws_vpc.this[0].id, null) }
output "vpc_cidr_block" { value = try(aws_vpc.this[0].cidr_block, null) }
output "public_subnets" { value = aws_subnet.public[*].id }
output "private_subnets" { value = aws_subnet.private[*].id }
output "database_subnet_group" { value = try(aws_db_subnet_group.database[0].id, null) }
