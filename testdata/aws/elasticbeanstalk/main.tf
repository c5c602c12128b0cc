resource "aws_elastic_beanstalk_application" "app" {
  name = "app"
}

resource "aws_elastic_beanstalk_environment" "good" {
  name                = "good"
  application         = aws_elastic_beanstalk_application.app.name
  solution_stack_name = "64bit Amazon Linux 2023 v4.3.0 running Python 3.12"
  setting {
    namespace = "aws:elasticbeanstalk:healthreporting:system"
    name      = "SystemType"
    value     = "enhanced"
  }
  setting {
    namespace = "aws:elasticbeanstalk:cloudwatch:logs"
    name      = "StreamLogs"
    value     = "true"
  }
  setting {
    namespace = "aws:elasticbeanstalk:managedactions"
    name      = "ManagedActionsEnabled"
    value     = "true"
  }
}

resource "aws_elastic_beanstalk_environment" "bare" {
  name                = "bare"
  application         = aws_elastic_beanstalk_application.app.name
  solution_stack_name = "64bit Amazon Linux 2023 v4.3.0 running Python 3.12"
}

module "bad" {
  source      = "./wrapped"
  application = aws_elastic_beanstalk_application.app.name
  settings = [
    ["aws:elasticbeanstalk:healthreporting:system", "SystemType", "basic"],
    ["aws:elasticbeanstalk:cloudwatch:logs", "StreamLogs", "false"],
    ["aws:elasticbeanstalk:managedactions", "ManagedActionsEnabled", "false"],
  ]
}

module "health" {
  source      = "./wrapped"
  application = aws_elastic_beanstalk_application.app.name
  settings = [
    ["aws:elasticbeanstalk:cloudwatch:logs:health", "HealthStreamingEnabled", "true"],
  ]
}
