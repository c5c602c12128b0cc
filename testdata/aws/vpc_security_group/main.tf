variable "ports" {
  description = "What the services of this test listen on."
  type        = map(number)
  default = {
    cifs      = 445
    http      = 80
    kafka     = 9092
    kibana    = 5601
    memcached = 11211
    mongodb   = 27017
    mysql     = 3306
    oracle    = 1521
    postgres  = 5432
    rdp       = 3389
    redis     = 6379
    ssh       = 22
  }
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

module "inside" {
  source     = "./wrapped"
  for_each   = var.ports
  name       = "inside-${each.key}"
  vpc_id     = aws_vpc.main.id
  port       = each.value
  cidr_block = aws_vpc.main.cidr_block
}

module "world" {
  source     = "./wrapped"
  for_each   = var.ports
  name       = "world-${each.key}"
  vpc_id     = aws_vpc.main.id
  port       = each.value
  cidr_block = "0.0.0.0/0"
}

resource "aws_security_group" "all" {
  name        = "all"
  description = "Everything for everybody"
  vpc_id      = aws_vpc.main.id
  ingress {
    description      = "everything"
    protocol         = "-1"
    from_port        = 0
    to_port          = 0
    ipv6_cidr_blocks = ["::/0"]
  }
  egress {
    description = "everything"
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "halves" {
  name        = "halves"
  description = "The internet in two halves"
  vpc_id      = aws_vpc.main.id
  ingress {
    description = "shells"
    protocol    = "tcp"
    from_port   = 20
    to_port     = 25
    cidr_blocks = ["0.0.0.0/1", "128.0.0.0/1"]
  }
}

resource "aws_security_group" "ping" {
  name        = "ping"
  description = "ICMP for everybody"
  vpc_id      = aws_vpc.main.id
  ingress {
    protocol    = "icmp"
    from_port   = -1
    to_port     = -1
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "bare" {
  name   = "bare"
  vpc_id = aws_vpc.main.id
}

resource "aws_security_group_rule" "egress" {
  security_group_id = aws_security_group.bare.id
  type              = "egress"
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_security_group_rule" "partner" {
  security_group_id        = aws_security_group.bare.id
  type                     = "ingress"
  description              = "from the load balancer"
  protocol                 = "tcp"
  from_port                = 0
  to_port                  = 65535
  source_security_group_id = aws_security_group.halves.id
}

resource "aws_vpc_security_group_ingress_rule" "all" {
  security_group_id = aws_security_group.bare.id
  description       = "everything"
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_egress_rule" "all" {
  security_group_id = aws_security_group.bare.id
  ip_protocol       = "-1"
  cidr_ipv6         = "::/0"
}

resource "aws_vpc_security_group_egress_rule" "https" {
  security_group_id = aws_security_group.bare.id
  description       = "HTTPS"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_instance" "web" {
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "t3.micro"
  vpc_security_group_ids = [aws_security_group.halves.id]
}
