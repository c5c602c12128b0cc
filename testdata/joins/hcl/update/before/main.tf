resource "aws_s3_bucket" "added" { bucket = "update-added" }

resource "aws_s3_bucket" "removed" { bucket = "update-removed" }

resource "aws_s3_bucket_public_access_block" "removed" {
  bucket              = aws_s3_bucket.removed.id
  block_public_acls   = true
  block_public_policy = true
}

resource "aws_s3_bucket" "loosened" { bucket = "update-loosened" }

resource "aws_s3_bucket_public_access_block" "loosened" {
  bucket              = aws_s3_bucket.loosened.id
  block_public_acls   = true
  block_public_policy = true
}

resource "aws_s3_bucket" "tightened" { bucket = "update-tightened" }

resource "aws_s3_bucket_public_access_block" "tightened" {
  bucket              = aws_s3_bucket.tightened.id
  block_public_acls   = true
  block_public_policy = false
}

resource "aws_s3_bucket" "kept" { bucket = "update-kept" }

resource "aws_s3_bucket_public_access_block" "kept" {
  bucket              = aws_s3_bucket.kept.id
  block_public_acls   = true
  block_public_policy = true
}

resource "aws_s3_bucket" "kept_open" { bucket = "update-kept-open" }

resource "aws_s3_bucket_public_access_block" "kept_open" {
  bucket              = aws_s3_bucket.kept_open.id
  block_public_acls   = true
  block_public_policy = false
}

resource "aws_s3_bucket" "bare" { bucket = "update-bare" }

resource "aws_s3_bucket" "going" { bucket = "update-going" }

resource "aws_s3_bucket_public_access_block" "going" {
  bucket              = aws_s3_bucket.going.id
  block_public_acls   = true
  block_public_policy = false
}
