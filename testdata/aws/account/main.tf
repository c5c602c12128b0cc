resource "aws_account_alternate_contact" "security" {
  alternate_contact_type = "SECURITY"
  name                   = "Security team"
  title                  = "Security"
  email_address          = "security@example.org"
  phone_number           = "+15555550100"
}

resource "aws_account_alternate_contact" "billing" {
  alternate_contact_type = "BILLING"
  name                   = "Billing team"
  title                  = "Billing"
  email_address          = "billing@example.org"
  phone_number           = "+15555550101"
}
