variable "policy" {
  type    = any
  default = null
}

variable "guests" {
  type    = bool
  default = false
}

resource "aws_cognito_user_pool" "this" {
  name = "wrapped"
  dynamic "password_policy" {
    for_each = var.policy == null ? [] : [var.policy]
    content {
      minimum_length                   = password_policy.value.minimum_length
      require_lowercase                = true
      require_numbers                  = true
      require_symbols                  = true
      require_uppercase                = true
      temporary_password_validity_days = 7
    }
  }
}

resource "aws_cognito_identity_pool" "this" {
  identity_pool_name               = "wrapped"
  allow_unauthenticated_identities = var.guests
}
