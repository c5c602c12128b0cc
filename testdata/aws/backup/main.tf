resource "aws_backup_vault" "bad" {
  name = "bad"
}

resource "aws_backup_vault" "locked" {
  name = "locked"
}

resource "aws_backup_vault_lock_configuration" "locked" {
  backup_vault_name   = aws_backup_vault.locked.name
  changeable_for_days = 3
  min_retention_days  = 35
}

module "good" {
  source = "./vault"
}

resource "aws_backup_plan" "bad" {
  name = "bad"
  rule {
    rule_name         = "short"
    target_vault_name = aws_backup_vault.bad.name
    lifecycle {
      delete_after = 14
    }
  }
}

resource "aws_backup_plan" "good" {
  name = "good"
  rule {
    rule_name         = "for-ever"
    target_vault_name = aws_backup_vault.locked.name
  }
  rule {
    rule_name         = "long"
    target_vault_name = aws_backup_vault.locked.name
    lifecycle {
      cold_storage_after = 30
      delete_after       = 365
    }
  }
}

resource "aws_guardduty_detector" "bare" {}

resource "aws_guardduty_detector" "bad" {
  datasources {
    s3_logs {
      enable = false
    }
  }
}

resource "aws_guardduty_detector" "off" {}

resource "aws_guardduty_detector_feature" "off" {
  detector_id = aws_guardduty_detector.off.id
  name        = "S3_DATA_EVENTS"
  status      = "DISABLED"
}
