locals {
  trust  = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
  grants = { first = { role = "x" }, second = { role = "x" } }
}

resource "aws_iam_policy" "wide" {
  name   = "wide"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}

resource "aws_iam_policy" "narrow" {
  for_each = toset(["one", "two"])
  name     = each.key
  policy   = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }] })
}

resource "aws_iam_role" "granted" {
  for_each           = toset(["x", "y"])
  name               = each.key
  assume_role_policy = local.trust
}

resource "aws_iam_role_policy_attachment" "granted" {
  for_each   = local.grants
  role       = aws_iam_role.granted[each.value.role].name
  policy_arn = aws_iam_policy.wide.arn
}

resource "aws_iam_role" "tabled" {
  for_each           = toset(["first", "second", "third"])
  name               = "tabled-${each.key}"
  assume_role_policy = local.trust
}

resource "aws_iam_role_policy_attachment" "tabled" {
  for_each   = { first = { role = "second" }, second = { role = "third" } }
  role       = aws_iam_role.tabled[each.value.role].name
  policy_arn = each.key == "first" ? aws_iam_policy.wide.arn : aws_iam_policy.wide.arn
}

resource "aws_iam_role" "reader" {
  name               = "reader"
  assume_role_policy = local.trust
}

resource "aws_iam_role_policy_attachment" "reader" {
  for_each   = aws_iam_policy.narrow
  role       = aws_iam_role.reader.name
  policy_arn = each.value.arn
}

resource "aws_iam_role" "shifted" {
  count              = 3
  name               = "shifted-${count.index}"
  assume_role_policy = local.trust
}

resource "aws_iam_role_policy_attachment" "shifted" {
  count      = 2
  role       = aws_iam_role.shifted[count.index + 1].name
  policy_arn = aws_iam_policy.wide.arn
}

module "many" {
  source   = "./modules/store"
  for_each = toset(["a.b", "c"])
}

module "many_guards" {
  source   = "./modules/guard"
  for_each = module.many
  store    = each.value
  strict   = each.key == "c"
}

module "counted" {
  source = "./modules/store"
  count  = 2
}

resource "aws_s3_bucket_public_access_block" "counted" {
  count               = 2
  bucket              = module.counted[count.index].id
  block_public_acls   = true
  block_public_policy = count.index == 1
}

resource "aws_s3_bucket" "object" { bucket_prefix = "object-" }

module "object_guard" {
  source = "./modules/guard"
  store  = aws_s3_bucket.object
}

module "whole" { source = "./modules/store" }

module "whole_guard" {
  source = "./modules/guard"
  store  = module.whole.bucket
}

resource "aws_s3_bucket" "from" { bucket_prefix = "from-" }

resource "aws_s3_bucket" "to" {
  for_each      = toset(["near", "far", "none"])
  bucket_prefix = "to-"
}

resource "aws_s3_bucket_replication_configuration" "from" {
  bucket = aws_s3_bucket.from.id
  role   = "arn:aws:iam::111122223333:role/replication"
  rule {
    id       = "near"
    priority = 1
    status   = "Enabled"
    filter {}
    delete_marker_replication { status = "Disabled" }
    destination { bucket = aws_s3_bucket.to["near"].arn }
  }
  rule {
    id       = "far"
    priority = 2
    status   = "Enabled"
    filter {}
    delete_marker_replication { status = "Disabled" }
    destination { bucket = aws_s3_bucket.to["far"].arn }
  }
}

resource "aws_security_group" "open" {}

resource "aws_security_group" "closed" {}

resource "aws_security_group_rule" "open" {
  security_group_id = aws_security_group.open.id
  type              = "ingress"
  from_port         = 443
  to_port           = 443
  protocol          = "tcp"
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_security_group_rule" "between" {
  security_group_id        = aws_security_group.open.id
  source_security_group_id = aws_security_group.closed.id
  type                     = "ingress"
  from_port                = 443
  to_port                  = 443
  protocol                 = "tcp"
}

resource "aws_lb" "mixed" {
  subnets         = ["subnet-1", "subnet-2"]
  security_groups = [aws_security_group.open.id, aws_security_group.closed.id]
}

resource "aws_lb" "closed" {
  subnets         = ["subnet-1", "subnet-2"]
  security_groups = [aws_security_group.closed.id]
}

resource "aws_lb" "literal" {
  subnets         = ["subnet-1", "subnet-2"]
  security_groups = ["sg-0123456789abcdef0"]
}

module "styled" {
  source   = "./modules/styled"
  for_each = { strict = true, loose = false }
  strict   = each.value
}

module "styled_policy" {
  source = "./modules/styled"
  policy = jsonencode({ Statement = [{ Effect = "Deny", Action = "*", Principal = "*", Resource = "*" }] })
}

module "styled_bare" {
  source  = "./modules/styled"
  guarded = false
}
