variable "secret_key" {
  type      = string
  sensitive = true
}

resource "aws_datasync_location_object_storage" "this" {
  agent_arns      = ["arn:aws:datasync:eu-west-1:111122223333:agent/agent-01234567890123456"]
  server_hostname = "store.example.org"
  bucket_name     = "bad"
  access_key      = "example-access-key"
  secret_key      = var.secret_key
}

output "arn" {
  value = aws_datasync_location_object_storage.this.arn
}
