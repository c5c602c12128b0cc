module "wrapped" {
  source = "./wrapped"
  type   = "BILLING"
}
