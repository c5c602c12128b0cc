variable "scans" { type = list(bool) }
module "inner" {
  source = "./inner"
  count  = length(var.scans)
  scan   = var.scans[count.index]
}
