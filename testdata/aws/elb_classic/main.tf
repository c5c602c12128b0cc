resource "aws_elb" "good" {
  name                = "good"
  subnets             = ["subnet-1"]
  connection_draining = true
  listener {
    instance_port     = 80
    instance_protocol = "http"
    lb_port           = 80
    lb_protocol       = "http"
  }
}

resource "aws_elb" "bad" {
  name    = "bad"
  subnets = ["subnet-1"]
  listener {
    instance_port     = 80
    instance_protocol = "http"
    lb_port           = 80
    lb_protocol       = "http"
  }
}
