resource "aws_s3_bucket" "this" { bucket_prefix = "chain-" }

resource "aws_s3_bucket_public_access_block" "this" {
  bucket              = aws_s3_bucket.this.id
  block_public_acls   = true
  block_public_policy = true
}

resource "aws_s3_bucket_versioning" "this" {
  bucket = aws_s3_bucket_public_access_block.this.bucket
  versioning_configuration { status = "Suspended" }
}

resource "aws_s3_bucket_ownership_controls" "this" {
  bucket = aws_s3_bucket_versioning.this.bucket
  rule { object_ownership = "BucketOwnerEnforced" }
}

module "plain" {
  source = "./modules/chain"
  status = "Enabled"
  acls   = false
}

module "x" {
  source   = "./modules/chain"
  for_each = { "a.b" = "Enabled", "c" = "Suspended" }
  status   = each.value
  acls     = each.key == "c"
}

module "y" {
  source = "./modules/outer"
  count  = 2
  status = count.index == 0 ? "Enabled" : "Suspended"
}
