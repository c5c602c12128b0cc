resource "aws_kms_key" "code" {}

resource "aws_codegurureviewer_repository_association" "good" {
  repository {
    codecommit {
      name = "good"
    }
  }
  kms_key_details {
    encryption_option = "CUSTOMER_MANAGED_CMK"
    kms_key_id        = aws_kms_key.code.key_id
  }
}

resource "aws_codegurureviewer_repository_association" "bad" {
  repository {
    codecommit {
      name = "bad"
    }
  }
  kms_key_details {
    encryption_option = "AWS_OWNED_CMK"
  }
}

resource "aws_codegurureviewer_repository_association" "nothing" {
  repository {
    codecommit {
      name = "nothing"
    }
  }
}
