module "storage" { source = "./modules/storage" }

module "guard" {
  source = "./modules/guard"
  bucket = module.storage.id
}

module "many" {
  source   = "./modules/storage"
  for_each = toset(["a.b", "c", "d"])
}

module "many_guards" {
  source   = "./modules/guard"
  for_each = { "a.b" = true, "c" = false }
  bucket   = module.many[each.key].id
  strict   = each.value
}

module "picked" {
  source   = "./modules/storage"
  for_each = toset(["k\"q", "other"])
}

module "picked_guard" {
  source = "./modules/guard"
  bucket = module.picked["k\"q"].id
}

module "member" { source = "./modules/storage" }

resource "aws_s3_bucket_public_access_block" "member" {
  bucket              = module.member.all.id
  block_public_acls   = true
  block_public_policy = true
}

module "nested" {
  source = "./modules/outer"
  count  = 2
}

module "nested_guards" {
  source  = "./modules/guards"
  buckets = { only = module.nested[1].id }
  strict  = true
}

module "vpc_logged" {
  source = "./modules/vpc"
  logs   = "ALL"
}

module "vpc_rejects" {
  source = "./modules/vpc"
  logs   = "REJECT"
}

module "vpc_silent" {
  source = "./modules/vpc"
  logs   = null
}
