resource "aws_kms_key" "key" {}

resource "aws_s3_bucket" "copy" {
  bucket = "example-copy"
}

module "good" {
  source = "./wrapped"
  name   = "example-good"
  key    = aws_kms_key.key.arn
  copy   = aws_s3_bucket.copy.arn
}

# What older configurations wrote into the bucket itself.
resource "aws_s3_bucket" "older" {
  bucket = "example-older"
  acl    = "public-read-write"
  lifecycle_rule {
    enabled = true
    expiration {
      days = 90
    }
  }
  versioning {
    enabled    = true
    mfa_delete = true
  }
}

resource "aws_s3_bucket" "bad" {
  bucket = "Example_bad"
}

resource "aws_s3_bucket_acl" "bad" {
  bucket = aws_s3_bucket.bad.id
  acl    = "public-read"
}

resource "aws_s3_bucket_versioning" "bad" {
  bucket = aws_s3_bucket.bad.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_policy" "bad" {
  bucket = aws_s3_bucket.bad.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:PutObject"
      Resource  = "arn:aws:s3:::Example_bad/*"
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_s3_bucket_notification" "bad" {
  bucket = aws_s3_bucket.bad.id
}

# The ACL is public, but ignored.
resource "aws_s3_bucket" "ignored" {
  bucket_prefix = "example-"
}

resource "aws_s3_bucket_acl" "ignored" {
  bucket = aws_s3_bucket.ignored.id
  access_control_policy {
    grant {
      permission = "FULL_CONTROL"
      grantee {
        type = "Group"
        uri  = "http://acs.amazonaws.com/groups/global/AllUsers"
      }
    }
    owner {
      id = "owner"
    }
  }
}

resource "aws_s3_bucket_public_access_block" "ignored" {
  bucket             = aws_s3_bucket.ignored.id
  ignore_public_acls = true
}

resource "aws_s3_bucket" "granted" {
  bucket = "example-granted"
}

resource "aws_s3_bucket_acl" "granted" {
  bucket = aws_s3_bucket.granted.id
  access_control_policy {
    grant {
      permission = "FULL_CONTROL"
      grantee {
        type = "Group"
        uri  = "http://acs.amazonaws.com/groups/global/AllUsers"
      }
    }
    owner {
      id = "owner"
    }
  }
}

resource "aws_s3_object" "bad" {
  bucket  = aws_s3_bucket.bad.id
  key     = "o"
  content = "example"
}

resource "aws_s3_bucket_object" "good" {
  bucket     = aws_s3_bucket.bad.id
  key        = "o"
  content    = "example"
  kms_key_id = aws_kms_key.key.arn
}

resource "aws_s3_object_copy" "good" {
  bucket     = aws_s3_bucket.bad.id
  key        = "o"
  source     = "example/o"
  kms_key_id = aws_kms_key.key.arn
}

resource "aws_s3_object_copy" "bad" {
  bucket = aws_s3_bucket.bad.id
  key    = "o"
  source = "example/o"
}
