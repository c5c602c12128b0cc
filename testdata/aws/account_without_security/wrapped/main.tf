variable "type" {
  type = string
}

resource "aws_account_alternate_contact" "this" {
  alternate_contact_type = var.type
  name                   = "Team"
  title                  = "Team"
  email_address          = "team@example.org"
  phone_number           = "+15555550100"
}
