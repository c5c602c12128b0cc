resource "aws_s3_bucket" "counted" {
  count         = 2
  bucket_prefix = "counted-"
}

resource "aws_s3_bucket_public_access_block" "counted" {
  count               = 2
  bucket              = aws_s3_bucket.counted[count.index].id
  block_public_acls   = true
  block_public_policy = count.index == 0
}

resource "aws_s3_bucket" "each" {
  for_each      = toset(["a.b", "q\"t", "[0]"])
  bucket_prefix = "each-"
}

resource "aws_s3_bucket_public_access_block" "each" {
  for_each            = toset(["a.b", "q\"t"])
  bucket              = aws_s3_bucket.each[each.key].id
  block_public_acls   = true
  block_public_policy = each.key == "q\"t"
}

resource "aws_s3_bucket" "chained" {
  for_each      = { one = "x", two = "y" }
  bucket_prefix = "chained-"
}

resource "aws_s3_bucket_public_access_block" "chained" {
  for_each            = aws_s3_bucket.chained
  bucket              = each.value.id
  block_public_acls   = true
  block_public_policy = each.key == "two"
}

resource "aws_s3_bucket" "literal" {
  for_each      = { "l.1" = 1, "l.2" = 2, "l.3" = 3 }
  bucket_prefix = "literal-"
}

resource "aws_s3_bucket_public_access_block" "literal_one" {
  bucket              = aws_s3_bucket.literal["l.1"].id
  block_public_acls   = true
  block_public_policy = true
}

resource "aws_s3_bucket_public_access_block" "literal_two" {
  bucket              = aws_s3_bucket.literal["l.2"].id
  block_public_acls   = true
  block_public_policy = false
}

resource "aws_s3_bucket" "numbered" {
  count         = 2
  bucket_prefix = "numbered-"
}

resource "aws_s3_bucket_public_access_block" "numbered" {
  for_each            = { first = true }
  bucket              = aws_s3_bucket.numbered[1].id
  block_public_acls   = true
  block_public_policy = each.value
}

resource "aws_s3_bucket" "splat" {
  count         = 2
  bucket_prefix = "splat-"
}

resource "aws_s3_bucket_public_access_block" "splat" {
  count               = 2
  bucket              = element(aws_s3_bucket.splat[*].id, count.index)
  block_public_acls   = true
  block_public_policy = count.index == 1
}

resource "aws_s3_bucket" "several" {
  for_each      = toset(["x", "y"])
  bucket_prefix = "several-"
}

resource "aws_s3_bucket_public_access_block" "several" {
  bucket              = one([for key, bucket in aws_s3_bucket.several : bucket.id if key == "x"])
  block_public_acls   = true
  block_public_policy = true
}
