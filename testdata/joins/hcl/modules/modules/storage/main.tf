resource "aws_s3_bucket" "this" { bucket_prefix = "storage-" }

output "id" { value = aws_s3_bucket.this.id }
output "all" { value = { id = aws_s3_bucket.this.id, prefix = "storage-" } }
