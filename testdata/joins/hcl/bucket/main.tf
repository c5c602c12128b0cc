resource "aws_s3_bucket" "this" { bucket_prefix = "store-" }

resource "aws_s3_bucket_public_access_block" "this" {
  bucket              = aws_s3_bucket.this.id
  block_public_acls   = true
  block_public_policy = true
}

resource "aws_s3_bucket_versioning" "this" {
  bucket = aws_s3_bucket.this.id
  versioning_configuration { status = "Enabled" }
}

module "plain" {
  source = "./modules/store"
  guard  = "part"
  status = "Suspended"
}

module "x" {
  source   = "./modules/store"
  for_each = { "a.b" = "all", "c[d]" = "none" }
  guard    = each.value
  status   = each.value == "all" ? "Enabled" : "Suspended"
}

module "y" {
  source = "./modules/outer"
  count  = 2
  guards = count.index == 0 ? { "k\"q" = "all", "k" = "part" } : { "k\"q" = "none", "k" = "all" }
}
