resource "terraform_data" "plain" {
  input = "from the override"
}
