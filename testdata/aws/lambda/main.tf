resource "aws_kms_key" "functions" {}

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_iam_user" "robot" {
  name = "robot"
}

resource "aws_iam_access_key" "robot" {
  user = aws_iam_user.robot.name
}

resource "aws_lambda_function" "bad" {
  function_name = "bad"
  role          = "arn:aws:iam::111122223333:role/f"
  handler       = "main.handler"
  runtime       = "python3.8"
  s3_bucket     = "code"
  s3_key        = "bad.zip"
  environment {
    variables = {
      ACCESS_KEY = "AKIAIOSFODNN7EXAMPLE"
    }
  }
}

resource "aws_lambda_function" "key_of_the_plan" {
  function_name = "key-of-the-plan"
  role          = "arn:aws:iam::111122223333:role/f"
  handler       = "main.handler"
  runtime       = "python3.13"
  s3_bucket     = "code"
  s3_key        = "bad.zip"
  environment {
    variables = {
      ACCESS_KEY = aws_iam_access_key.robot.id
    }
  }
}

module "good" {
  source      = "./function"
  runtime     = "nodejs22.x"
  kms_key_arn = aws_kms_key.functions.arn
  environment = { TABLE = aws_dynamodb_table.orders.arn, MODE = "live" }
  signing     = "arn:aws:lambda:eu-west-1:111122223333:code-signing-config:csc-0123456789abcdef0"
}

module "plain" {
  source  = "./function"
  runtime = "nodejs22.x"
}

resource "aws_lambda_function" "image" {
  function_name = "image"
  role          = "arn:aws:iam::111122223333:role/f"
  package_type  = "Image"
  image_uri     = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/f:1"
}

resource "aws_lambda_function_url" "open" {
  function_name      = aws_lambda_function.bad.function_name
  authorization_type = "NONE"
  cors {
    allow_origins = ["*"]
    allow_methods = ["*"]
  }
}

resource "aws_lambda_function_url" "closed" {
  function_name      = aws_lambda_function.image.function_name
  authorization_type = "AWS_IAM"
}
