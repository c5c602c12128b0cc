resource "aws_security_group" "bastion" {
  name = "bastion"
}

module "good" {
  source     = "./wrapped"
  kubernetes = "1.34"
  key        = "nodes"
  groups     = [aws_security_group.bastion.id]
}

module "bad" {
  source     = "./wrapped"
  kubernetes = "1.27"
  key        = "nodes"
}

resource "aws_eks_cluster" "newest" {
  name     = "newest"
  role_arn = "arn:aws:iam::111122223333:role/eks"
  vpc_config {
    subnet_ids = ["subnet-1", "subnet-2"]
  }
}

resource "aws_eks_node_group" "closed" {
  cluster_name    = aws_eks_cluster.newest.name
  node_group_name = "closed"
  node_role_arn   = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids      = ["subnet-1"]
  scaling_config {
    desired_size = 1
    max_size     = 1
    min_size     = 1
  }
}
