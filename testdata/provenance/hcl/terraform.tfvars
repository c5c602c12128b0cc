set_by_tfvars   = false
without_default = false
