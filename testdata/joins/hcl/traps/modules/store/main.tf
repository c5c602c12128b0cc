resource "aws_s3_bucket" "this" { bucket_prefix = "store-" }

output "id" { value = aws_s3_bucket.this.id }
output "bucket" { value = aws_s3_bucket.this }
