resource "aws_cognito_identity_pool" "good" {
  identity_pool_name               = "good"
  allow_unauthenticated_identities = false
}

resource "aws_cognito_identity_pool" "bare" {
  identity_pool_name = "bare"
}

resource "aws_cognito_identity_pool" "bad" {
  identity_pool_name               = "bad"
  allow_unauthenticated_identities = true
}

resource "aws_cognito_user_pool" "good" {
  name = "good"
  password_policy {
    minimum_length                   = 12
    require_lowercase                = true
    require_numbers                  = true
    require_symbols                  = true
    require_uppercase                = true
    temporary_password_validity_days = 3
  }
}

resource "aws_cognito_user_pool" "bare" {
  name = "bare"
}

resource "aws_cognito_user_pool" "bad" {
  name = "bad"
  password_policy {
    minimum_length    = 12
    require_lowercase = true
    require_numbers   = true
    require_uppercase = true
  }
}

module "wrapped" {
  source = "./wrapped"
  policy = { minimum_length = 6 }
}

module "guests" {
  source = "./wrapped"
  guests = true
}
