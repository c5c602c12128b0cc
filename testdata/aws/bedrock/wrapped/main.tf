variable "key_arn" {
  type = string
}

resource "aws_bedrockagent_agent" "this" {
  agent_name                  = "wrapped"
  agent_resource_role_arn     = "arn:aws:iam::111122223333:role/agent"
  foundation_model            = "anthropic.claude-v2"
  customer_encryption_key_arn = var.key_arn
  guardrail_configuration = [{
    guardrail_identifier = "gr-1"
    guardrail_version    = "1"
  }]
}
