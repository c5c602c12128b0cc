variable "kubernetes" {}

variable "key" {
  default = null
}

variable "groups" {
  default = null
}

resource "aws_eks_cluster" "this" {
  name     = "cluster"
  version  = var.kubernetes
  role_arn = "arn:aws:iam::111122223333:role/eks"
  vpc_config {
    subnet_ids = ["subnet-1", "subnet-2"]
  }
}

resource "aws_eks_node_group" "this" {
  cluster_name    = aws_eks_cluster.this.name
  node_group_name = "nodes"
  node_role_arn   = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids      = ["subnet-1"]
  scaling_config {
    desired_size = 1
    max_size     = 1
    min_size     = 1
  }
  remote_access {
    ec2_ssh_key               = var.key
    source_security_group_ids = var.groups
  }
}
