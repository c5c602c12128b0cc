resource "aws_kms_key" "data" {}

resource "aws_bedrock_guardrail" "main" {
  name                      = "main"
  blocked_input_messaging   = "no"
  blocked_outputs_messaging = "no"
}

resource "aws_bedrockagent_agent" "good" {
  agent_name                  = "good"
  agent_resource_role_arn     = "arn:aws:iam::111122223333:role/agent"
  foundation_model            = "anthropic.claude-v2"
  customer_encryption_key_arn = aws_kms_key.data.arn
  guardrail_configuration = [{
    guardrail_identifier = aws_bedrock_guardrail.main.guardrail_id
    guardrail_version    = "1"
  }]
}

resource "aws_bedrockagent_agent" "bad" {
  agent_name              = "bad"
  agent_resource_role_arn = "arn:aws:iam::111122223333:role/agent"
  foundation_model        = "anthropic.claude-v2"
}

module "wrapped" {
  source  = "./wrapped"
  key_arn = null
}
