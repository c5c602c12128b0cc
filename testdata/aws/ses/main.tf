resource "aws_ses_configuration_set" "good" {
  name = "good"
  delivery_options {
    tls_policy = "Require"
  }
}

resource "aws_ses_configuration_set" "bare" {
  name = "bare"
}

resource "aws_sesv2_configuration_set" "good" {
  configuration_set_name = "good"
  delivery_options {
    tls_policy = "REQUIRE"
  }
}

resource "aws_sesv2_configuration_set" "bare" {
  configuration_set_name = "bare"
}

module "wrapped" {
  source = "./wrapped"
}
