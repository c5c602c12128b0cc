terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
provider "aws" {
  region                      = "us-east-1"
  access_key                  = "mock"
  secret_key                  = "mock"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
}
resource "aws_accessanalyzer_analyzer" "v0" {
  analyzer_name = "abcdefgh"
}
resource "aws_account_alternate_contact" "v1" {
  alternate_contact_type = "BILLING"
  email_address = "a@example.com"
  name = "abcdefgh"
  phone_number = "1"
  title = "abcdefgh"
}
resource "aws_acm_certificate" "v2" {
  domain_name = "abcdefgh"
}
resource "aws_alb" "v3" {
  subnets = ["subnet-0123456789abcdef0"]
}
resource "aws_alb_listener" "v4" {
  load_balancer_arn = "arn:aws:sns:us-east-1:123456789012:name"
  default_action {
    target_group_arn = "arn:aws:sns:us-east-1:123456789012:name"
    type = "forward"
  }
}
resource "aws_alb_target_group" "v5" {
  port = 1
  protocol = "HTTP"
  vpc_id = "vpc-0123456789abcdef0"
}
resource "aws_ami" "v6" {
  name = "abcdefgh"
}
resource "aws_ami_copy" "v7" {
  name = "abcdefgh"
  source_ami_id = "abcdefgh-12345678"
  source_ami_region = "us-east-1"
}
resource "aws_ami_launch_permission" "v8" {
  account_id = "123456789012"
  image_id = "abcdefgh-12345678"
}
resource "aws_api_gateway_domain_name" "v9" {
  domain_name = "abcdefgh"
}
resource "aws_api_gateway_method" "v10" {
  authorization = "abcdefgh"
  http_method = "ANY"
  resource_id = "abcdefgh-12345678"
  rest_api_id = "abcdefgh-12345678"
}
resource "aws_api_gateway_method_settings" "v11" {
  method_path = "abcdefgh"
  rest_api_id = "abcdefgh-12345678"
  stage_name = "abcdefgh"
  settings {
  }
}
resource "aws_api_gateway_rest_api" "v12" {
  name = "abcdefgh"
}
resource "aws_api_gateway_rest_api_policy" "v13" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  rest_api_id = "abcdefgh-12345678"
}
resource "aws_api_gateway_stage" "v14" {
  deployment_id = "abcdefgh-12345678"
  rest_api_id = "abcdefgh-12345678"
  stage_name = "abcdefgh"
}
resource "aws_apigatewayv2_api" "v15" {
  name = "abcdefgh"
  protocol_type = "WEBSOCKET"
}
resource "aws_apigatewayv2_route" "v16" {
  api_id = "abcdefgh-12345678"
  route_key = "abcdefgh"
}
resource "aws_apigatewayv2_stage" "v17" {
  api_id = "abcdefgh-12345678"
  name = "abcdefgh"
}
resource "aws_apigatewayv2_vpc_link" "v18" {
  name = "abcdefgh"
  security_group_ids = ["abcdefgh-12345678"]
  subnet_ids = ["subnet-0123456789abcdef0"]
}
resource "aws_appautoscaling_policy" "v19" {
  name = "abcdefgh"
  resource_id = "abcdefgh-12345678"
  scalable_dimension = "abcdefgh"
  service_namespace = "abcdefgh"
}
resource "aws_appautoscaling_target" "v20" {
  max_capacity = 1
  min_capacity = 1
  resource_id = "abcdefgh-12345678"
  scalable_dimension = "abcdefgh"
  service_namespace = "abcdefgh"
}
resource "aws_appflow_connector_profile" "v21" {
  connection_mode = "Public"
  connector_type = "Salesforce"
  name = "abcdefgh"
  connector_profile_config {
    connector_profile_credentials {
    }
    connector_profile_properties {
    }
  }
}
resource "aws_appflow_flow" "v22" {
  name = "abcdefgh"
  destination_flow_config {
    connector_type = "Salesforce"
    destination_connector_properties {
    }
  }
  source_flow_config {
    connector_type = "Salesforce"
    source_connector_properties {
    }
  }
  task {
    task_type = "Arithmetic"
  }
  trigger_config {
    trigger_type = "Scheduled"
  }
}
resource "aws_apprunner_vpc_connector" "v23" {
  security_groups = ["abcdefgh"]
  subnets = ["subnet-0123456789abcdef0"]
  vpc_connector_name = "abcdefgh"
}
resource "aws_appstream_fleet" "v24" {
  instance_type = "t3.micro"
  name = "abcdefgh"
  compute_capacity {
    desired_instances = 1
  }
}
resource "aws_appstream_image_builder" "v25" {
  image_arn = "arn:aws:sns:us-east-1:123456789012:name"
  instance_type = "t3.micro"
  name = "abcdefgh"
}
resource "aws_appsync_api_cache" "v26" {
  api_caching_behavior = "FULL_REQUEST_CACHING"
  api_id = "abcdefgh-12345678"
  ttl = 1
  type = "T2_SMALL"
}
resource "aws_appsync_graphql_api" "v27" {
  authentication_type = "API_KEY"
  name = "abcdefgh"
}
resource "aws_athena_database" "v28" {
  name = "abcdefgh"
}
resource "aws_athena_workgroup" "v29" {
  name = "abcdefgh"
}
resource "aws_autoscaling_attachment" "v30" {
  autoscaling_group_name = "abcdefgh"
  elb = "abcdefgh"
}
resource "aws_autoscaling_group" "v31" {
  launch_configuration = "abcdefgh"
  max_size = 1
  min_size = 1
}
resource "aws_autoscaling_group_tag" "v32" {
  autoscaling_group_name = "abcdefgh"
  tag {
    key = "abcdefgh"
    propagate_at_launch = true
    value = "abcdefgh"
  }
}
resource "aws_autoscaling_traffic_source_attachment" "v33" {
  autoscaling_group_name = "abcdefgh"
}
resource "aws_backup_plan" "v34" {
  name = "abcdefgh"
  rule {
    rule_name = "abcdefgh"
    target_vault_name = "abcdefgh"
  }
}
resource "aws_backup_selection" "v35" {
  iam_role_arn = "arn:aws:iam::123456789012:role/r"
  name = "abcdefgh"
  plan_id = "abcdefgh-12345678"
}
resource "aws_backup_vault" "v36" {
  name = "abcdefgh"
}
resource "aws_backup_vault_lock_configuration" "v37" {
  backup_vault_name = "abcdefgh"
}
resource "aws_backup_vault_policy" "v38" {
  backup_vault_name = "abcdefgh"
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
}
resource "aws_batch_compute_environment" "v39" {
  type = "MANAGED"
}
resource "aws_batch_job_definition" "v40" {
  name = "abcdefgh"
  type = "container"
}
resource "aws_bedrockagent_agent" "v41" {
  agent_name = "abcdefgh"
  agent_resource_role_arn = "arn:aws:iam::123456789012:role/r"
  foundation_model = "abcdefgh"
}
resource "aws_cloudformation_stack" "v42" {
  name = "abcdefgh"
}
resource "aws_cloudfront_distribution" "v43" {
  enabled = true
  default_cache_behavior {
    allowed_methods = ["abcdefgh"]
    cached_methods = ["abcdefgh"]
    target_origin_id = "abcdefgh-12345678"
    viewer_protocol_policy = "allow-all"
  }
  origin {
    domain_name = "abcdefgh"
    origin_id = "abcdefgh-12345678"
  }
  restrictions {
    geo_restriction {
      restriction_type = "blacklist"
    }
  }
  viewer_certificate {
  }
}
resource "aws_cloudfront_response_headers_policy" "v44" {
  name = "abcdefgh"
  cors_config {
    access_control_allow_credentials = true
    origin_override = true
    access_control_allow_headers {
    }
    access_control_allow_methods {
    }
    access_control_allow_origins {
    }
  }
}
resource "aws_cloudsearch_domain" "v45" {
  name = "abcdefgh"
}
resource "aws_cloudtrail" "v46" {
  name = "abcdefgh"
  s3_bucket_name = "abcdefgh"
}
resource "aws_cloudtrail_event_data_store" "v47" {
  name = "abcdefgh"
}
resource "aws_cloudwatch_composite_alarm" "v48" {
  alarm_name = "abcdefgh"
  alarm_rule = "abcdefgh"
}
resource "aws_cloudwatch_event_bus" "v49" {
  name = "abcdefgh"
}
resource "aws_cloudwatch_event_bus_policy" "v50" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
}
resource "aws_cloudwatch_event_permission" "v51" {
  principal = "123456789012"
  statement_id = "abcdefgh-12345678"
}
resource "aws_cloudwatch_event_target" "v52" {
  arn = "arn:aws:sns:us-east-1:123456789012:name"
  rule = "abcdefgh"
}
resource "aws_cloudwatch_log_destination_policy" "v53" {
  access_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  destination_name = "abcdefgh"
}
resource "aws_cloudwatch_log_group" "v54" {
}
resource "aws_cloudwatch_log_metric_filter" "v55" {
  log_group_name = "abcdefgh"
  name = "abcdefgh"
  pattern = "abcdefgh"
  metric_transformation {
    name = "abcdefgh"
    namespace = "abcdefgh"
    value = "abcdefgh"
  }
}
resource "aws_cloudwatch_metric_alarm" "v56" {
  alarm_name = "abcdefgh"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  evaluation_periods = 1
}
resource "aws_codeartifact_domain" "v57" {
  domain = "abcdefgh"
}
resource "aws_codebuild_fleet" "v58" {
  base_capacity = 1
  compute_type = "BUILD_GENERAL1_SMALL"
  environment_type = "WINDOWS_CONTAINER"
  name = "abcdefgh"
}
resource "aws_codebuild_project" "v59" {
  name = "abcdefgh"
  service_role = "arn:aws:iam::123456789012:role/r"
  artifacts {
    type = "CODEPIPELINE"
  }
  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image = "abcdefgh"
    type = "WINDOWS_CONTAINER"
  }
  source {
    type = "CODEPIPELINE"
  }
}
resource "aws_codebuild_report_group" "v60" {
  name = "abcdefgh"
  type = "TEST"
  export_config {
    type = "S3"
  }
}
resource "aws_codecommit_approval_rule_template" "v61" {
  content = "1"
  name = "abcdefgh"
}
resource "aws_codeconnections_host" "v62" {
  name = "abcdefgh"
  provider_endpoint = "https://example.com/x"
  provider_type = "Bitbucket"
}
resource "aws_codegurureviewer_repository_association" "v63" {
  repository {
  }
}
resource "aws_codepipeline" "v64" {
  name = "abcdefgh"
  role_arn = "arn:aws:iam::123456789012:role/r"
  artifact_store {
    location = "abcdefgh"
    type = "S3"
  }
  stage {
    name = "abcdefgh"
    action {
      category = "Source"
      name = "abcdefgh"
      owner = "AWS"
      provider = "abcdefgh"
      version = "abcdefgh"
    }
  }
  stage {
    name = "abcdefgh"
    action {
      category = "Source"
      name = "abcdefgh"
      owner = "AWS"
      provider = "abcdefgh"
      version = "abcdefgh"
    }
  }
}
resource "aws_codestarconnections_host" "v65" {
  name = "abcdefgh"
  provider_endpoint = "https://example.com/x"
  provider_type = "Bitbucket"
}
resource "aws_cognito_identity_pool" "v66" {
  identity_pool_name = "abcdefgh"
}
resource "aws_cognito_user_pool" "v67" {
  name = "abcdefgh"
}
resource "aws_comprehend_document_classifier" "v68" {
  data_access_role_arn = "arn:aws:iam::123456789012:role/r"
  language_code = "en"
  name = "abcdefgh"
  input_data_config {
    s3_uri = "https://example.com/x"
  }
}
resource "aws_comprehend_entity_recognizer" "v69" {
  data_access_role_arn = "arn:aws:iam::123456789012:role/r"
  language_code = "en"
  name = "abcdefgh"
  input_data_config {
    annotations {
      s3_uri = "https://example.com/x"
    }
    augmented_manifests {
      attribute_names = ["abcdefgh"]
      s3_uri = "https://example.com/x"
    }
    entity_types {
      type = "abcdefgh"
    }
  }
}
resource "aws_config_configuration_aggregator" "v70" {
  name = "abcdefgh"
}
resource "aws_config_configuration_recorder" "v71" {
  role_arn = "arn:aws:iam::123456789012:role/r"
}
resource "aws_config_configuration_recorder_status" "v72" {
  is_enabled = true
  name = "abcdefgh"
}
resource "aws_connect_instance" "v73" {
  directory_id = "aaaaaaaaaaaa"
  identity_management_type = "SAML"
  inbound_calls_enabled = true
  outbound_calls_enabled = true
}
resource "aws_connect_instance_storage_config" "v74" {
  instance_id = "abcdefgh-12345678"
  resource_type = "CHAT_TRANSCRIPTS"
  storage_config {
    storage_type = "S3"
  }
}
resource "aws_datasync_agent" "v75" {
}
resource "aws_datasync_location_efs" "v76" {
  efs_file_system_arn = "arn:aws:sns:us-east-1:123456789012:name"
  ec2_config {
    security_group_arns = ["arn:aws:sns:us-east-1:123456789012:name"]
    subnet_arn = "arn:aws:sns:us-east-1:123456789012:name"
  }
}
resource "aws_datasync_location_fsx_lustre_file_system" "v77" {
  fsx_filesystem_arn = "arn:aws:sns:us-east-1:123456789012:name"
  security_group_arns = ["arn:aws:sns:us-east-1:123456789012:name"]
}
resource "aws_datasync_location_fsx_ontap_file_system" "v78" {
  security_group_arns = ["arn:aws:sns:us-east-1:123456789012:name"]
  storage_virtual_machine_arn = "arn:aws:sns:us-east-1:123456789012:name"
  protocol {
    nfs {
      mount_options {
      }
    }
  }
}
resource "aws_datasync_location_fsx_openzfs_file_system" "v79" {
  fsx_filesystem_arn = "arn:aws:sns:us-east-1:123456789012:name"
  security_group_arns = ["arn:aws:sns:us-east-1:123456789012:name"]
  protocol {
    nfs {
      mount_options {
      }
    }
  }
}
resource "aws_datasync_location_fsx_windows_file_system" "v80" {
  fsx_filesystem_arn = "arn:aws:sns:us-east-1:123456789012:name"
  password = "Abcdefgh12345678!"
  security_group_arns = ["arn:aws:sns:us-east-1:123456789012:name"]
  user = "abcdefgh"
}
resource "aws_datasync_location_object_storage" "v81" {
  agent_arns = ["arn:aws:sns:us-east-1:123456789012:name"]
  bucket_name = "abcdefgh"
  server_hostname = "abcdefgh"
}
resource "aws_datasync_task" "v82" {
  destination_location_arn = "arn:aws:sns:us-east-1:123456789012:name"
  source_location_arn = "arn:aws:sns:us-east-1:123456789012:name"
}
resource "aws_dax_cluster" "v83" {
  cluster_name = "abcdefgh"
  iam_role_arn = "arn:aws:iam::123456789012:role/r"
  node_type = "t3.micro"
  replication_factor = 1
}
resource "aws_db_cluster_snapshot" "v84" {
  db_cluster_identifier = "abcdefgh"
  db_cluster_snapshot_identifier = "abcdefgh"
}
resource "aws_db_event_subscription" "v85" {
  sns_topic = "arn:aws:iam::123456789012:role/r"
}
resource "aws_db_instance" "v86" {
  instance_class = "t3.micro"
}
resource "aws_db_parameter_group" "v87" {
  family = "abcdefgh"
}
resource "aws_db_proxy" "v88" {
  engine_family = "MYSQL"
  name = "abcdefgh"
  role_arn = "arn:aws:iam::123456789012:role/r"
  vpc_subnet_ids = ["subnet-0123456789abcdef0"]
  auth {
  }
}
resource "aws_db_proxy_endpoint" "v89" {
  db_proxy_endpoint_name = "abcdefgh"
  db_proxy_name = "abcdefgh"
  vpc_subnet_ids = ["subnet-0123456789abcdef0"]
}
resource "aws_db_snapshot" "v90" {
  db_instance_identifier = "abcdefgh"
  db_snapshot_identifier = "abcdefgh"
}
resource "aws_db_snapshot_copy" "v91" {
  source_db_snapshot_identifier = "abcdefgh"
  target_db_snapshot_identifier = "abcdefgh"
}
resource "aws_default_network_acl" "v92" {
  default_network_acl_id = "abcdefgh-12345678"
}
resource "aws_default_route_table" "v93" {
  default_route_table_id = "abcdefgh-12345678"
}
resource "aws_default_security_group" "v94" {
}
resource "aws_default_vpc" "v95" {
}
resource "aws_devicefarm_test_grid_project" "v96" {
  name = "abcdefgh"
}
resource "aws_dlm_lifecycle_policy" "v97" {
  description = "abcdefgh"
  execution_role_arn = "arn:aws:iam::123456789012:role/r"
  policy_details {
  }
}
resource "aws_dms_endpoint" "v98" {
  endpoint_id = "abcdefgh-12345678"
  endpoint_type = "source"
  engine_name = "aurora"
}
resource "aws_dms_replication_config" "v99" {
  replication_config_identifier = "abcdefgh"
  replication_type = "full-load"
  source_endpoint_arn = "arn:aws:sns:us-east-1:123456789012:name"
  table_mappings = "1"
  target_endpoint_arn = "arn:aws:sns:us-east-1:123456789012:name"
  compute_config {
    replication_subnet_group_id = "subnet-0123456789abcdef0"
  }
}
resource "aws_dms_replication_instance" "v100" {
  replication_instance_class = "t3.micro"
  replication_instance_id = "abcdefgh-12345678"
}
resource "aws_dms_s3_endpoint" "v101" {
  bucket_name = "abcdefgh"
  endpoint_id = "abcdefgh-12345678"
  endpoint_type = "source"
  service_access_role_arn = "arn:aws:iam::123456789012:role/r"
}
resource "aws_docdb_cluster" "v102" {
}
resource "aws_docdb_cluster_parameter_group" "v103" {
  family = "abcdefgh"
}
resource "aws_docdb_global_cluster" "v104" {
  engine = "docdb"
  global_cluster_identifier = "abcdefgh"
}
resource "aws_docdbelastic_cluster" "v105" {
  admin_user_name = "abcdefgh"
  admin_user_password = "Abcdefgh12345678!"
  auth_type = "PLAIN_TEXT"
  name = "abcdefgh"
  shard_capacity = 1
  shard_count = 1
}
resource "aws_dynamodb_global_table" "v106" {
  name = "abcdefgh"
  replica {
    region_name = "abcdefgh"
  }
}
resource "aws_dynamodb_table" "v107" {
  name = "abcdefgh"
  read_capacity = 1
  write_capacity = 1
}
resource "aws_dynamodb_table_replica" "v108" {
  global_table_arn = "arn:aws:sns:us-east-1:123456789012:name"
}
resource "aws_ebs_default_kms_key" "v109" {
  key_arn = "arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012"
}
resource "aws_ebs_encryption_by_default" "v110" {
}
resource "aws_ebs_snapshot_copy" "v111" {
  source_region = "us-east-1"
  source_snapshot_id = "abcdefgh-12345678"
}
resource "aws_ebs_volume" "v112" {
  availability_zone = "us-east-1a"
  size = 1
}
resource "aws_ec2_client_vpn_endpoint" "v113" {
  client_cidr_block = "10.0.0.0/16"
  server_certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"
  authentication_options {
    type = "certificate-authentication"
  }
  connection_log_options {
    enabled = true
  }
}
resource "aws_ec2_client_vpn_network_association" "v114" {
  client_vpn_endpoint_id = "abcdefgh-12345678"
  subnet_id = "subnet-0123456789abcdef0"
}
resource "aws_ec2_instance_connect_endpoint" "v115" {
  subnet_id = "subnet-0123456789abcdef0"
}
resource "aws_ec2_instance_metadata_defaults" "v116" {
  http_endpoint = "disabled"
}
resource "aws_ec2_transit_gateway" "v117" {
}
resource "aws_ecr_lifecycle_policy" "v118" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  repository = "abcdefgh"
}
resource "aws_ecr_registry_scanning_configuration" "v119" {
  scan_type = "BASIC"
}
resource "aws_ecr_replication_configuration" "v120" {
}
resource "aws_ecr_repository" "v121" {
  name = "abcdefgh"
}
resource "aws_ecr_repository_policy" "v122" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  repository = "abcdefgh"
}
resource "aws_ecs_cluster" "v123" {
  name = "abcdefgh"
}
resource "aws_ecs_service" "v124" {
  name = "abcdefgh"
}
resource "aws_ecs_task_definition" "v125" {
  container_definitions = "[{\"name\":\"a\",\"image\":\"b\",\"memory\":128}]"
  family = "abcdefgh"
}
resource "aws_ecs_task_set" "v126" {
  cluster = "abcdefgh"
  service = "abcdefgh"
  task_definition = "abcdefgh"
}
resource "aws_efs_access_point" "v127" {
  file_system_id = "abcdefgh-12345678"
}
resource "aws_efs_backup_policy" "v128" {
  file_system_id = "abcdefgh-12345678"
  backup_policy {
    status = "DISABLED"
  }
}
resource "aws_efs_file_system" "v129" {
}
resource "aws_efs_file_system_policy" "v130" {
  file_system_id = "abcdefgh-12345678"
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
}
resource "aws_efs_mount_target" "v131" {
  file_system_id = "abcdefgh-12345678"
  subnet_id = "subnet-0123456789abcdef0"
}
resource "aws_eip" "v132" {
}
resource "aws_eip_association" "v133" {
  instance_id = "abcdefgh-12345678"
}
resource "aws_eks_cluster" "v134" {
  name = "abcdefgh"
  role_arn = "arn:aws:iam::123456789012:role/r"
  vpc_config {
    subnet_ids = ["subnet-0123456789abcdef0"]
  }
}
resource "aws_eks_node_group" "v135" {
  cluster_name = "abcdefgh"
  node_role_arn = "arn:aws:iam::123456789012:role/r"
  subnet_ids = ["subnet-0123456789abcdef0"]
  scaling_config {
    desired_size = 1
    max_size = 1
    min_size = 1
  }
}
resource "aws_elastic_beanstalk_configuration_template" "v136" {
  application = "abcdefgh"
  name = "abcdefgh"
}
resource "aws_elastic_beanstalk_environment" "v137" {
  application = "abcdefgh"
  name = "abcdefgh"
}
resource "aws_elasticache_cluster" "v138" {
  cluster_id = "abcdefgh-12345678"
  engine = "memcached"
}
resource "aws_elasticache_replication_group" "v139" {
  description = "abcdefgh"
  replication_group_id = "abcdefgh-12345678"
}
resource "aws_elasticache_serverless_cache" "v140" {
  engine = "abcdefgh"
  name = "abcdefgh"
}
resource "aws_elasticsearch_domain" "v141" {
  domain_name = "abcdefgh"
}
resource "aws_elasticsearch_domain_policy" "v142" {
  access_policies = "1"
  domain_name = "abcdefgh"
}
resource "aws_elasticsearch_vpc_endpoint" "v143" {
  domain_arn = "arn:aws:sns:us-east-1:123456789012:name"
  vpc_options {
    subnet_ids = ["subnet-0123456789abcdef0"]
  }
}
resource "aws_elb" "v144" {
  listener {
    instance_port = 1
    instance_protocol = "HTTP"
    lb_port = 1
    lb_protocol = "HTTP"
  }
}
resource "aws_emr_block_public_access_configuration" "v145" {
  block_public_security_group_rules = true
}
resource "aws_emr_cluster" "v146" {
  name = "abcdefgh"
  release_label = "abcdefgh"
  service_role = "arn:aws:iam::123456789012:role/r"
}
resource "aws_emr_security_configuration" "v147" {
  configuration = "1"
}
resource "aws_emr_studio" "v148" {
  auth_mode = "SSO"
  default_s3_location = "s3://bucket/key"
  engine_security_group_id = "abcdefgh-12345678"
  name = "abcdefgh"
  service_role = "arn:aws:iam::123456789012:role/r"
  subnet_ids = ["subnet-0123456789abcdef0"]
  vpc_id = "vpc-0123456789abcdef0"
  workspace_security_group_id = "abcdefgh-12345678"
}
resource "aws_emrserverless_application" "v149" {
  name = "abcdefgh"
  release_label = "abcdefgh"
  type = "abcdefgh"
}
resource "aws_finspace_kx_cluster" "v150" {
  az_mode = "SINGLE"
  environment_id = "abcdefgh-12345678"
  name = "abcdefgh"
  release_label = "abcdefgh"
  type = "HDB"
  vpc_configuration {
    ip_address_type = "IP_V4"
    security_group_ids = ["abcdefgh-12345678"]
    subnet_ids = ["subnet-0123456789abcdef0"]
    vpc_id = "vpc-0123456789abcdef0"
  }
}
resource "aws_flow_log" "v151" {
  eni_id = "abcdefgh-12345678"
}
resource "aws_fsx_file_cache" "v152" {
  file_cache_type = "LUSTRE"
  file_cache_type_version = "1"
  storage_capacity = 1
  subnet_ids = ["subnet-0123456789abcdef0"]
}
resource "aws_fsx_lustre_file_system" "v153" {
  subnet_ids = ["subnet-0123456789abcdef0"]
}
resource "aws_fsx_ontap_file_system" "v154" {
  deployment_type = "MULTI_AZ_1"
  preferred_subnet_id = "subnet-0123456789abcdef0"
  storage_capacity = 1024
  subnet_ids = ["subnet-0123456789abcdef0"]
  throughput_capacity = "128"
}
resource "aws_fsx_openzfs_file_system" "v155" {
  deployment_type = "SINGLE_AZ_1"
  storage_capacity = 64
  subnet_ids = ["subnet-0123456789abcdef0"]
  throughput_capacity = 64
}
resource "aws_fsx_windows_file_system" "v156" {
  subnet_ids = ["subnet-0123456789abcdef0"]
  throughput_capacity = "8"
}
resource "aws_glacier_vault" "v157" {
  name = "abcdefgh"
}
resource "aws_globalaccelerator_accelerator" "v158" {
  name = "abcdefgh"
}
resource "aws_globalaccelerator_custom_routing_accelerator" "v159" {
  name = "abcdefgh"
}
resource "aws_glue_connection" "v160" {
  name = "abcdefgh"
}
resource "aws_glue_crawler" "v161" {
  database_name = "abcdefgh"
  name = "abcdefgh"
  role = "arn:aws:iam::123456789012:role/r"
  catalog_target {
    database_name = "abcdefgh"
    tables = ["abcdefgh"]
  }
}
resource "aws_glue_data_catalog_encryption_settings" "v162" {
  data_catalog_encryption_settings {
    connection_password_encryption {
      return_connection_password_encrypted = true
    }
    encryption_at_rest {
      catalog_encryption_mode = "DISABLED"
    }
  }
}
resource "aws_glue_dev_endpoint" "v163" {
  name = "abcdefgh"
  role_arn = "arn:aws:iam::123456789012:role/r"
}
resource "aws_glue_job" "v164" {
  name = "abcdefgh"
  role_arn = "arn:aws:iam::123456789012:role/r"
  command {
    script_location = "abcdefgh"
  }
}
resource "aws_glue_security_configuration" "v165" {
  name = "abcdefgh"
  encryption_configuration {
    cloudwatch_encryption {
    }
    job_bookmarks_encryption {
    }
    s3_encryption {
    }
  }
}
resource "aws_grafana_workspace" "v166" {
  account_access_type = "CURRENT_ACCOUNT"
  authentication_providers = ["AWS_SSO"]
  permission_type = "CUSTOMER_MANAGED"
}
resource "aws_guardduty_detector" "v167" {
}
resource "aws_guardduty_detector_feature" "v168" {
  detector_id = "abcdefgh-12345678"
  name = "S3_DATA_EVENTS"
  status = "ENABLED"
}
resource "aws_iam_access_key" "v169" {
  user = "abcdefgh"
}
resource "aws_iam_account_password_policy" "v170" {
}
resource "aws_iam_group" "v171" {
  name = "abcdefgh"
}
resource "aws_iam_group_membership" "v172" {
  group = "abcdefgh"
  name = "abcdefgh"
  users = ["abcdefgh"]
}
resource "aws_iam_group_policy" "v173" {
  group = "abcdefgh"
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
}
resource "aws_iam_group_policy_attachment" "v174" {
  group = "abcdefgh"
  policy_arn = "arn:aws:sns:us-east-1:123456789012:name"
}
resource "aws_iam_policy" "v175" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
}
resource "aws_iam_policy_attachment" "v176" {
  groups = ["abcdefgh"]
  name = "abcdefgh"
  policy_arn = "arn:aws:sns:us-east-1:123456789012:name"
}
resource "aws_iam_role" "v177" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
}
resource "aws_iam_role_policy" "v178" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role = "abc"
}
resource "aws_iam_role_policy_attachment" "v179" {
  policy_arn = "arn:aws:sns:us-east-1:123456789012:name"
  role = "arn:aws:iam::123456789012:role/r"
}
resource "aws_iam_user" "v180" {
  name = "abcdefgh"
}
resource "aws_iam_user_group_membership" "v181" {
  groups = ["abcdefgh"]
  user = "abcdefgh"
}
resource "aws_iam_user_login_profile" "v182" {
  user = "abcdefgh"
}
resource "aws_iam_user_policy" "v183" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  user = "abcdefgh"
}
resource "aws_iam_user_policy_attachment" "v184" {
  policy_arn = "arn:aws:sns:us-east-1:123456789012:name"
  user = "abcdefgh"
}
resource "aws_imagebuilder_component" "v185" {
  data = "abcdefgh"
  name = "abcdefgh"
  platform = "Windows"
  version = "abcdefgh"
}
resource "aws_imagebuilder_distribution_configuration" "v186" {
  name = "abcdefgh"
  distribution {
    region = "us-east-1"
  }
}
resource "aws_imagebuilder_image_recipe" "v187" {
  name = "abcdefgh"
  parent_image = "abcdefgh"
  version = "abcdefgh"
  component {
    component_arn = "arn:aws:sns:us-east-1:123456789012:name"
  }
}
resource "aws_imagebuilder_infrastructure_configuration" "v188" {
  instance_profile_name = "abcdefgh"
  name = "abcdefgh"
}
resource "aws_instance" "v189" {
  ami = "abcdefgh"
  instance_type = "t3.micro"
}
resource "aws_kendra_index" "v190" {
  name = "abcdefgh"
  role_arn = "arn:aws:iam::123456789012:role/r"
}
resource "aws_keyspaces_table" "v191" {
  keyspace_name = "abcdefgh"
  table_name = "abcdefgh"
  schema_definition {
    column {
      name = "abcdefgh"
      type = "abcdefgh"
    }
    partition_key {
      name = "abcdefgh"
    }
  }
}
resource "aws_kinesis_firehose_delivery_stream" "v192" {
  destination = "extended_s3"
  name = "abcdefgh"
  extended_s3_configuration {
    bucket_arn = "arn:aws:sns:us-east-1:123456789012:name"
    role_arn = "arn:aws:iam::123456789012:role/r"
  }
}
resource "aws_kinesis_stream" "v193" {
  name = "abcdefgh"
  shard_count = 1
}
resource "aws_kinesis_video_stream" "v194" {
  name = "abcdefgh"
}
resource "aws_kinesisanalyticsv2_application" "v195" {
  name = "abcdefgh"
  runtime_environment = "SQL-1_0"
  service_execution_role = "arn:aws:iam::123456789012:role/r"
}
resource "aws_kms_external_key" "v196" {
}
resource "aws_kms_key" "v197" {
}
resource "aws_kms_key_policy" "v198" {
  key_id = "abcdefgh-12345678"
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
}
resource "aws_kms_replica_external_key" "v199" {
  primary_key_arn = "arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012"
}
resource "aws_kms_replica_key" "v200" {
  primary_key_arn = "arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012"
}
resource "aws_lambda_function" "v201" {
  function_name = "abcdefgh"
  handler = "abcdefgh"
  role = "arn:aws:iam::123456789012:role/r"
  runtime = "nodejs"
  s3_bucket = "abcdefgh"
  s3_key = "abcdefgh"
}
resource "aws_lambda_function_url" "v202" {
  authorization_type = "NONE"
  function_name = "abcdefgh"
}
resource "aws_lambda_permission" "v203" {
  action = "lambda:InvokeFunction"
  function_name = "abcdefgh"
  principal = "abcdefgh"
}
resource "aws_launch_configuration" "v204" {
  image_id = "abcdefgh-12345678"
  instance_type = "t3.micro"
}
resource "aws_launch_template" "v205" {
}
resource "aws_lb" "v206" {
  subnets = ["subnet-0123456789abcdef0"]
}
resource "aws_lb_listener" "v207" {
  load_balancer_arn = "arn:aws:sns:us-east-1:123456789012:name"
  default_action {
    target_group_arn = "arn:aws:sns:us-east-1:123456789012:name"
    type = "forward"
  }
}
resource "aws_lb_target_group" "v208" {
  port = 1
  protocol = "HTTP"
  vpc_id = "vpc-0123456789abcdef0"
}
resource "aws_memorydb_cluster" "v209" {
  acl_name = "abcdefgh"
  node_type = "t3.micro"
}
resource "aws_memorydb_snapshot" "v210" {
  cluster_name = "abcdefgh"
}
resource "aws_mq_broker" "v211" {
  broker_name = "abcdefgh"
  engine_type = "ACTIVEMQ"
  engine_version = "abcdefgh"
  host_instance_type = "t3.micro"
  user {
    password = "Abcdefgh12345678!"
    username = "abcdefgh"
  }
}
resource "aws_msk_cluster" "v212" {
  cluster_name = "abcdefgh"
  kafka_version = "abcdefgh"
  number_of_broker_nodes = 1
  broker_node_group_info {
    client_subnets = ["subnet-0123456789abcdef0"]
    instance_type = "t3.micro"
    security_groups = ["abcdefgh"]
  }
}
resource "aws_msk_replicator" "v213" {
  replicator_name = "abcdefgh"
  service_execution_role_arn = "arn:aws:iam::123456789012:role/r"
  kafka_cluster {
    amazon_msk_cluster {
      msk_cluster_arn = "arn:aws:sns:us-east-1:123456789012:name"
    }
    vpc_config {
      subnet_ids = ["subnet-0123456789abcdef0"]
    }
  }
  kafka_cluster {
    amazon_msk_cluster {
      msk_cluster_arn = "arn:aws:sns:us-east-1:123456789012:name"
    }
    vpc_config {
      subnet_ids = ["subnet-0123456789abcdef0"]
    }
  }
  replication_info_list {
    source_kafka_cluster_arn = "arn:aws:sns:us-east-1:123456789012:name"
    target_compression_type = "abcdefgh"
    target_kafka_cluster_arn = "arn:aws:sns:us-east-1:123456789012:name"
    consumer_group_replication {
      consumer_groups_to_replicate = ["abcdefgh"]
    }
    topic_replication {
      topics_to_replicate = ["abcdefgh"]
    }
  }
}
resource "aws_msk_serverless_cluster" "v214" {
  cluster_name = "abcdefgh"
  client_authentication {
    sasl {
      iam {
        enabled = true
      }
    }
  }
  vpc_config {
    subnet_ids = ["subnet-0123456789abcdef0"]
  }
}
resource "aws_msk_vpc_connection" "v215" {
  authentication = "abcdefgh"
  client_subnets = ["subnet-0123456789abcdef0"]
  security_groups = ["abcdefgh"]
  target_cluster_arn = "arn:aws:sns:us-east-1:123456789012:name"
  vpc_id = "vpc-0123456789abcdef0"
}
resource "aws_mskconnect_connector" "v216" {
  connector_configuration = {"k" = "abcdefgh"}
  kafkaconnect_version = "abcdefgh"
  name = "abcdefgh"
  service_execution_role_arn = "arn:aws:iam::123456789012:role/r"
  capacity {
    autoscaling {
      max_worker_count = 1
      min_worker_count = 1
    }
  }
  kafka_cluster {
    apache_kafka_cluster {
      bootstrap_servers = "abcdefgh"
      vpc {
        security_groups = ["abcdefgh"]
        subnets = ["subnet-0123456789abcdef0"]
      }
    }
  }
  kafka_cluster_client_authentication {
  }
  kafka_cluster_encryption_in_transit {
  }
  plugin {
    custom_plugin {
      arn = "arn:aws:sns:us-east-1:123456789012:name"
      revision = 1
    }
  }
}
resource "aws_mwaa_environment" "v217" {
  dag_s3_path = "s3://bucket/key"
  execution_role_arn = "arn:aws:iam::123456789012:role/r"
  name = "abcdefgh"
  source_bucket_arn = "arn:aws:sns:us-east-1:123456789012:name"
  network_configuration {
    security_group_ids = ["abcdefgh-12345678"]
    subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  }
}
resource "aws_nat_gateway" "v218" {
  subnet_id = "subnet-0123456789abcdef0"
}
resource "aws_neptune_cluster" "v219" {
}
resource "aws_neptune_cluster_instance" "v220" {
  cluster_identifier = "abcdefgh"
  instance_class = "t3.micro"
}
resource "aws_neptune_cluster_snapshot" "v221" {
  db_cluster_identifier = "abcdefgh"
  db_cluster_snapshot_identifier = "abcdefgh"
}
resource "aws_network_acl" "v222" {
  vpc_id = "vpc-0123456789abcdef0"
}
resource "aws_network_acl_association" "v223" {
  network_acl_id = "abcdefgh-12345678"
  subnet_id = "subnet-0123456789abcdef0"
}
resource "aws_network_acl_rule" "v224" {
  cidr_block = "10.0.0.0/16"
  network_acl_id = "abcdefgh-12345678"
  protocol = "1"
  rule_action = "allow"
  rule_number = 1
}
resource "aws_network_interface" "v225" {
  subnet_id = "subnet-0123456789abcdef0"
}
resource "aws_network_interface_attachment" "v226" {
  device_index = 1
  instance_id = "abcdefgh-12345678"
  network_interface_id = "abcdefgh-12345678"
}
resource "aws_network_interface_sg_attachment" "v227" {
  network_interface_id = "abcdefgh-12345678"
  security_group_id = "abcdefgh-12345678"
}
resource "aws_networkfirewall_firewall" "v228" {
  firewall_policy_arn = "arn:aws:sns:us-east-1:123456789012:name"
  name = "abcdefgh"
  vpc_id = "vpc-0123456789abcdef0"
  subnet_mapping {
    subnet_id = "subnet-0123456789abcdef0"
  }
}
resource "aws_networkfirewall_firewall_policy" "v229" {
  name = "abcdefgh"
  firewall_policy {
    stateless_default_actions = ["abcdefgh"]
    stateless_fragment_default_actions = ["abcdefgh"]
  }
}
resource "aws_networkfirewall_logging_configuration" "v230" {
  firewall_arn = "arn:aws:sns:us-east-1:123456789012:name"
  logging_configuration {
    log_destination_config {
      log_destination = {"k" = "abcdefgh"}
      log_destination_type = "S3"
      log_type = "ALERT"
    }
  }
}
resource "aws_networkfirewall_rule_group" "v231" {
  capacity = 1
  name = "abcdefgh"
  type = "STATELESS"
}
resource "aws_opensearch_domain" "v232" {
  domain_name = "abcdefgh"
}
resource "aws_opensearch_domain_policy" "v233" {
  access_policies = "1"
  domain_name = "abcdefgh"
}
resource "aws_opensearch_vpc_endpoint" "v234" {
  domain_arn = "arn:aws:sns:us-east-1:123456789012:name"
  vpc_options {
    subnet_ids = ["subnet-0123456789abcdef0"]
  }
}
resource "aws_opensearchserverless_vpc_endpoint" "v235" {
  name = "abcdefgh"
  subnet_ids = ["subnet-0123456789abcdef0"]
  vpc_id = "vpc-0123456789abcdef0"
}
resource "aws_osis_pipeline" "v236" {
  max_units = 1
  min_units = 1
  pipeline_configuration_body = "abcdefgh"
  pipeline_name = "abcdefgh"
}
resource "aws_qldb_ledger" "v238" {
  permissions_mode = "ALLOW_ALL"
}
resource "aws_quicksight_vpc_connection" "v239" {
  name = "abcdefgh"
  role_arn = "arn:aws:iam::123456789012:role/r"
  security_group_ids = ["sg-0123456789abcdef0"]
  subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  vpc_connection_id = "abcdefgh-12345678"
}
resource "aws_rds_cluster" "v240" {
  engine = "aurora-mysql"
}
resource "aws_rds_cluster_activity_stream" "v241" {
  kms_key_id = "arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012"
  mode = "sync"
  resource_arn = "arn:aws:sns:us-east-1:123456789012:name"
}
resource "aws_rds_cluster_instance" "v242" {
  cluster_identifier = "abcdefgh"
  engine = "aurora-mysql"
  instance_class = "t3.micro"
}
resource "aws_rds_cluster_parameter_group" "v243" {
  family = "abcdefgh"
}
resource "aws_rds_global_cluster" "v244" {
  global_cluster_identifier = "abcdefgh"
}
resource "aws_redshift_cluster" "v245" {
  cluster_identifier = "abcdefgh"
  node_type = "t3.micro"
}
resource "aws_redshift_endpoint_access" "v246" {
  cluster_identifier = "abcdefgh"
  endpoint_name = "abcdefgh"
  subnet_group_name = "subnet-0123456789abcdef0"
}
resource "aws_redshift_logging" "v247" {
  cluster_identifier = "abcdefgh"
}
resource "aws_redshift_parameter_group" "v248" {
  family = "abcdefgh"
  name = "abcdefgh"
}
resource "aws_redshift_snapshot_copy_grant" "v249" {
  snapshot_copy_grant_name = "abcdefgh"
}
resource "aws_redshiftserverless_endpoint_access" "v250" {
  endpoint_name = "abcdefgh"
  subnet_ids = ["subnet-0123456789abcdef0"]
  workgroup_name = "abcdefgh"
}
resource "aws_redshiftserverless_namespace" "v251" {
  namespace_name = "abcdefgh"
}
resource "aws_redshiftserverless_workgroup" "v252" {
  namespace_name = "abcdefgh"
  workgroup_name = "abcdefgh"
}
resource "aws_route" "v253" {
  carrier_gateway_id = "abcdefgh-12345678"
  destination_cidr_block = "10.0.0.0/16"
  route_table_id = "abcdefgh-12345678"
}
resource "aws_route53_hosted_zone_dnssec" "v254" {
  hosted_zone_id = "abcdefgh-12345678"
}
resource "aws_route53_key_signing_key" "v255" {
  hosted_zone_id = "abcdefgh-12345678"
  key_management_service_arn = "arn:aws:sns:us-east-1:123456789012:name"
  name = "abcdefgh"
}
resource "aws_route53_query_log" "v256" {
  cloudwatch_log_group_arn = "arn:aws:sns:us-east-1:123456789012:name"
  zone_id = "abcdefgh-12345678"
}
resource "aws_route53_resolver_endpoint" "v257" {
  direction = "INBOUND"
  security_group_ids = ["abcdefgh-12345678"]
  ip_address {
    subnet_id = "subnet-0123456789abcdef0"
  }
  ip_address {
    subnet_id = "subnet-0123456789abcdef1"
  }
}
resource "aws_route53_zone" "v258" {
  name = "abcdefgh"
}
resource "aws_route53_zone_association" "v259" {
  vpc_id = "vpc-0123456789abcdef0"
  zone_id = "abcdefgh-12345678"
}
resource "aws_route53domains_domain" "v260" {
  domain_name = "abcdefgh"
  admin_contact {
  }
  registrant_contact {
  }
  tech_contact {
  }
}
resource "aws_route53domains_registered_domain" "v261" {
  domain_name = "abcdefgh"
}
resource "aws_route_table" "v262" {
  vpc_id = "vpc-0123456789abcdef0"
}
resource "aws_s3_access_point" "v263" {
  bucket = "abcdefgh"
  name = "abcdefgh"
}
resource "aws_s3_account_public_access_block" "v264" {
}
resource "aws_s3_bucket" "v265" {
}
resource "aws_s3_bucket_acl" "v266" {
  acl = "private"
  bucket = "abcdefgh"
}
resource "aws_s3_bucket_lifecycle_configuration" "v267" {
  bucket = "abcdefgh"
}
resource "aws_s3_bucket_logging" "v268" {
  bucket = "abcdefgh"
  target_bucket = "abcdefgh"
  target_prefix = "abcdefgh"
}
resource "aws_s3_bucket_notification" "v269" {
  bucket = "abcdefgh"
}
resource "aws_s3_bucket_object" "v270" {
  bucket = "abcdefgh"
  key = "abcdefgh"
}
resource "aws_s3_bucket_object_lock_configuration" "v271" {
  bucket = "abcdefgh"
}
resource "aws_s3_bucket_ownership_controls" "v272" {
  bucket = "abcdefgh"
  rule {
    object_ownership = "BucketOwnerPreferred"
  }
}
resource "aws_s3_bucket_policy" "v273" {
  bucket = "abcdefgh"
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
}
resource "aws_s3_bucket_public_access_block" "v274" {
  bucket = "abcdefgh"
}
resource "aws_s3_bucket_replication_configuration" "v275" {
  bucket = "abcdefgh"
  role = "arn:aws:iam::123456789012:role/r"
  rule {
    status = "Enabled"
    destination {
      bucket = "arn:aws:iam::123456789012:role/r"
    }
  }
}
resource "aws_s3_bucket_server_side_encryption_configuration" "v276" {
  bucket = "abcdefgh"
  rule {
  }
}
resource "aws_s3_bucket_versioning" "v277" {
  bucket = "abcdefgh"
  versioning_configuration {
    status = "Enabled"
  }
}
resource "aws_s3_object" "v278" {
  bucket = "abcdefgh"
  key = "abcdefgh"
}
resource "aws_s3_object_copy" "v279" {
  bucket = "abcdefgh"
  key = "abcdefgh"
  source = "abcdefgh"
}
resource "aws_sagemaker_domain" "v280" {
  auth_mode = "SSO"
  domain_name = "abcdefgh"
  subnet_ids = ["subnet-0123456789abcdef0"]
  vpc_id = "vpc-0123456789abcdef0"
  default_user_settings {
    execution_role = "arn:aws:iam::123456789012:role/r"
  }
}
resource "aws_sagemaker_endpoint_configuration" "v281" {
  production_variants {
    model_name = "abcdefgh"
  }
}
resource "aws_sagemaker_flow_definition" "v282" {
  flow_definition_name = "abcdefgh"
  role_arn = "arn:aws:iam::123456789012:role/r"
  human_loop_config {
    human_task_ui_arn = "arn:aws:sns:us-east-1:123456789012:name"
    task_count = 1
    task_description = "abcdefgh"
    task_title = "abcdefgh"
    workteam_arn = "arn:aws:sns:us-east-1:123456789012:name"
  }
  output_config {
    s3_output_path = "https://example.com/x"
  }
}
resource "aws_sagemaker_model" "v283" {
  execution_role_arn = "arn:aws:iam::123456789012:role/r"
}
resource "aws_sagemaker_notebook_instance" "v284" {
  instance_type = "ml.t2.medium"
  name = "abcdefgh"
  role_arn = "arn:aws:iam::123456789012:role/r"
}
resource "aws_sagemaker_user_profile" "v285" {
  domain_id = "abcdefgh-12345678"
  user_profile_name = "abcdefgh"
}
resource "aws_scheduler_schedule" "v286" {
  schedule_expression = "rate(1 day)"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn = "arn:aws:sns:us-east-1:123456789012:name"
    role_arn = "arn:aws:iam::123456789012:role/r"
  }
}
resource "aws_secretsmanager_secret" "v287" {
}
resource "aws_secretsmanager_secret_policy" "v288" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  secret_arn = "arn:aws:sns:us-east-1:123456789012:name"
}
resource "aws_secretsmanager_secret_rotation" "v289" {
  secret_id = "Abcdefgh12345678!"
  rotation_rules {
    automatically_after_days = 1
  }
}
resource "aws_security_group" "v290" {
}
resource "aws_security_group_rule" "v291" {
  cidr_blocks = ["10.0.0.0/16"]
  from_port = 1
  protocol = "abcdefgh"
  security_group_id = "abcdefgh-12345678"
  to_port = 1
  type = "egress"
}
resource "aws_ses_configuration_set" "v292" {
  name = "abcdefgh"
}
resource "aws_sesv2_configuration_set" "v293" {
  configuration_set_name = "abcdefgh"
}
resource "aws_sfn_state_machine" "v294" {
  definition = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role_arn = "arn:aws:iam::123456789012:role/r"
}
resource "aws_sns_topic" "v295" {
}
resource "aws_sns_topic_policy" "v296" {
  arn = "arn:aws:sns:us-east-1:123456789012:name"
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
}
resource "aws_spot_fleet_request" "v297" {
  iam_fleet_role = "arn:aws:iam::123456789012:role/r"
  target_capacity = 1
  launch_specification {
    ami = "abcdefgh"
    instance_type = "t3.micro"
  }
}
resource "aws_spot_instance_request" "v298" {
  ami = "abcdefgh"
  instance_type = "t3.micro"
}
resource "aws_sqs_queue" "v299" {
}
resource "aws_sqs_queue_policy" "v300" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  queue_url = "https://example.com/x"
}
resource "aws_sqs_queue_redrive_policy" "v301" {
  queue_url = "https://example.com/x"
  redrive_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
}
resource "aws_ssm_document" "v302" {
  content = "abcdefgh"
  document_type = "Command"
  name = "abcdefgh"
}
resource "aws_ssm_parameter" "v303" {
  insecure_value = "abcdefgh"
  name = "abcdefgh"
  type = "String"
}
resource "aws_ssoadmin_managed_policy_attachment" "v304" {
  instance_arn = "arn:aws:sns:us-east-1:123456789012:name"
  managed_policy_arn = "arn:aws:sns:us-east-1:123456789012:name"
  permission_set_arn = "arn:aws:sns:us-east-1:123456789012:name"
}
resource "aws_ssoadmin_permission_set_inline_policy" "v305" {
  inline_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  instance_arn = "arn:aws:sns:us-east-1:123456789012:name"
  permission_set_arn = "arn:aws:sns:us-east-1:123456789012:name"
}
resource "aws_subnet" "v306" {
  vpc_id = "vpc-0123456789abcdef0"
}
resource "aws_synthetics_canary" "v307" {
  artifact_s3_location = "s3://bucket/key"
  execution_role_arn = "arn:aws:iam::123456789012:role/r"
  handler = "abcdefgh"
  name = "abcdefgh"
  runtime_version = "abcdefgh"
  schedule {
    expression = "abcdefgh"
  }
}
resource "aws_timestreaminfluxdb_db_instance" "v308" {
  allocated_storage = 20
  bucket = "abcdefgh"
  db_instance_type = "db.influx.medium"
  name = "abcdefgh"
  organization = "abcdefgh"
  password = "abcdefgh"
  username = "abcdefgh"
  vpc_security_group_ids = ["sg-0123456789abcdef0"]
  vpc_subnet_ids = ["subnet-0123456789abcdef0"]
}
resource "aws_timestreamwrite_database" "v309" {
  database_name = "abcdefgh"
}
resource "aws_transfer_server" "v310" {
}
resource "aws_verifiedaccess_endpoint" "v311" {
  attachment_type = "vpc"
  endpoint_type = "load-balancer"
  verified_access_group_id = "abcdefgh-12345678"
}
resource "aws_volume_attachment" "v312" {
  device_name = "abcdefgh"
  instance_id = "abcdefgh-12345678"
  volume_id = "abcdefgh-12345678"
}
resource "aws_vpc" "v313" {
}
resource "aws_vpc_endpoint" "v314" {
  vpc_id = "vpc-0123456789abcdef0"
}
resource "aws_vpc_endpoint_security_group_association" "v315" {
  security_group_id = "abcdefgh-12345678"
  vpc_endpoint_id = "abcdefgh-12345678"
}
resource "aws_vpc_endpoint_service" "v316" {
  acceptance_required = true
}
resource "aws_vpc_security_group_egress_rule" "v317" {
  cidr_ipv4 = "10.0.0.0/16"
  ip_protocol = "abcdefgh"
  security_group_id = "abcdefgh-12345678"
}
resource "aws_vpc_security_group_ingress_rule" "v318" {
  cidr_ipv4 = "10.0.0.0/16"
  ip_protocol = "abcdefgh"
  security_group_id = "abcdefgh-12345678"
}
resource "aws_vpclattice_resource_gateway" "v319" {
  name = "abcdefgh"
  subnet_ids = ["subnet-0123456789abcdef0"]
  vpc_id = "vpc-0123456789abcdef0"
}
resource "aws_vpclattice_service_network_vpc_association" "v320" {
  service_network_identifier = "abcdefgh"
  vpc_identifier = "abcdefgh"
}
resource "aws_vpn_connection" "v321" {
  customer_gateway_id = "abcdefgh-12345678"
  type = "ipsec.1"
}
resource "aws_waf_rule_group" "v322" {
  metric_name = "abcdefgh"
  name = "abcdefgh"
}
resource "aws_waf_web_acl" "v323" {
  metric_name = "abcdefgh"
  name = "abcdefgh"
  default_action {
    type = "abcdefgh"
  }
}
resource "aws_wafregional_rule_group" "v324" {
  metric_name = "abcdefgh"
  name = "abcdefgh"
}
resource "aws_wafregional_web_acl" "v325" {
  metric_name = "abcdefgh"
  name = "abcdefgh"
  default_action {
    type = "BLOCK"
  }
}
resource "aws_wafregional_web_acl_association" "v326" {
  resource_arn = "arn:aws:sns:us-east-1:123456789012:name"
  web_acl_id = "abcdefgh-12345678"
}
resource "aws_wafv2_rule_group" "v327" {
  capacity = 1
  scope = "CLOUDFRONT"
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name = "abcdefgh"
    sampled_requests_enabled = true
  }
}
resource "aws_wafv2_web_acl" "v328" {
  scope = "CLOUDFRONT"
  default_action {
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name = "abcdefgh"
    sampled_requests_enabled = true
  }
}
resource "aws_wafv2_web_acl_association" "v329" {
  resource_arn = "arn:aws:sns:us-east-1:123456789012:name"
  web_acl_arn = "arn:aws:sns:us-east-1:123456789012:name"
}
resource "aws_wafv2_web_acl_logging_configuration" "v330" {
  log_destination_configs = ["arn:aws:iam::123456789012:role/r"]
  resource_arn = "arn:aws:sns:us-east-1:123456789012:name"
}
resource "aws_workspaces_workspace" "v331" {
  bundle_id = "abcdefgh-12345678"
  directory_id = "abcdefgh-12345678"
  user_name = "abcdefgh"
}
resource "aws_workspacesweb_network_settings" "v332" {
  security_group_ids = ["abcdefgh-12345678"]
  subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  vpc_id = "vpc-0123456789abcdef0"
}
resource "aws_acm_certificate" "v333" {
  domain_name = "abcdefgh"
  options {
  }
}
resource "aws_alb" "v334" {
  subnets = ["subnet-0123456789abcdef0"]
  access_logs {
    bucket = "abcdefgh"
  }
}
resource "aws_alb_listener" "v335" {
  load_balancer_arn = "arn:aws:sns:us-east-1:123456789012:name"
  default_action {
    target_group_arn = "arn:aws:sns:us-east-1:123456789012:name"
    type = "forward"
    redirect {
      status_code = "HTTP_301"
    }
  }
}
resource "aws_alb_target_group" "v336" {
  port = 1
  protocol = "HTTP"
  vpc_id = "vpc-0123456789abcdef0"
  health_check {
  }
}
resource "aws_ami" "v337" {
  name = "abcdefgh"
  ebs_block_device {
    device_name = "abcdefgh"
  }
}
resource "aws_api_gateway_method_settings" "v338" {
  method_path = "abcdefgh"
  rest_api_id = "abcdefgh-12345678"
  stage_name = "abcdefgh"
  settings {
  }
}
resource "aws_athena_workgroup" "v339" {
  name = "abcdefgh"
  configuration {
  }
}
resource "aws_cloudfront_distribution" "v340" {
  enabled = true
  default_cache_behavior {
    allowed_methods = ["abcdefgh"]
    cached_methods = ["abcdefgh"]
    target_origin_id = "abcdefgh-12345678"
    viewer_protocol_policy = "allow-all"
  }
  origin {
    domain_name = "abcdefgh"
    origin_id = "abcdefgh-12345678"
  }
  restrictions {
    geo_restriction {
      restriction_type = "blacklist"
    }
  }
  viewer_certificate {
  }
}
resource "aws_cloudsearch_domain" "v341" {
  name = "abcdefgh"
  endpoint_options {
  }
}
resource "aws_cloudtrail" "v342" {
  name = "abcdefgh"
  s3_bucket_name = "abcdefgh"
  event_selector {
  }
}
resource "aws_codebuild_project" "v343" {
  name = "abcdefgh"
  service_role = "arn:aws:iam::123456789012:role/r"
  artifacts {
    type = "CODEPIPELINE"
  }
  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image = "abcdefgh"
    type = "WINDOWS_CONTAINER"
  }
  source {
    type = "CODEPIPELINE"
  }
}
resource "aws_codebuild_project" "v344" {
  name = "abcdefgh"
  service_role = "arn:aws:iam::123456789012:role/r"
  artifacts {
    type = "CODEPIPELINE"
  }
  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image = "abcdefgh"
    type = "WINDOWS_CONTAINER"
  }
  source {
    type = "CODEPIPELINE"
  }
}
resource "aws_codebuild_project" "v345" {
  name = "abcdefgh"
  service_role = "arn:aws:iam::123456789012:role/r"
  artifacts {
    type = "CODEPIPELINE"
  }
  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image = "abcdefgh"
    type = "WINDOWS_CONTAINER"
    environment_variable {
      name = "abcdefgh"
      value = "abcdefgh"
    }
  }
  source {
    type = "CODEPIPELINE"
  }
}
resource "aws_codebuild_project" "v346" {
  name = "abcdefgh"
  service_role = "arn:aws:iam::123456789012:role/r"
  artifacts {
    type = "CODEPIPELINE"
  }
  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image = "abcdefgh"
    type = "WINDOWS_CONTAINER"
  }
  logs_config {
    cloudwatch_logs {
    }
  }
  source {
    type = "CODEPIPELINE"
  }
}
resource "aws_codebuild_project" "v347" {
  name = "abcdefgh"
  service_role = "arn:aws:iam::123456789012:role/r"
  artifacts {
    type = "CODEPIPELINE"
  }
  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image = "abcdefgh"
    type = "WINDOWS_CONTAINER"
  }
  logs_config {
    s3_logs {
    }
  }
  source {
    type = "CODEPIPELINE"
  }
}
resource "aws_codebuild_project" "v348" {
  name = "abcdefgh"
  service_role = "arn:aws:iam::123456789012:role/r"
  artifacts {
    type = "CODEPIPELINE"
  }
  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image = "abcdefgh"
    type = "WINDOWS_CONTAINER"
  }
  secondary_artifacts {
    artifact_identifier = "abcdefgh"
    type = "CODEPIPELINE"
  }
  source {
    type = "CODEPIPELINE"
  }
}
resource "aws_codebuild_report_group" "v349" {
  name = "abcdefgh"
  type = "TEST"
  export_config {
    type = "S3"
    s3_destination {
      bucket = "abcdefgh"
      encryption_key = "arn:aws:iam::123456789012:role/r"
    }
  }
}
resource "aws_cognito_user_pool" "v350" {
  name = "abcdefgh"
  password_policy {
  }
}
resource "aws_config_configuration_aggregator" "v351" {
  name = "abcdefgh"
  account_aggregation_source {
    account_ids = ["123456789012"]
  }
}
resource "aws_config_configuration_aggregator" "v352" {
  name = "abcdefgh"
  organization_aggregation_source {
    role_arn = "arn:aws:iam::123456789012:role/r"
  }
}
resource "aws_config_configuration_recorder" "v353" {
  role_arn = "arn:aws:iam::123456789012:role/r"
  recording_group {
  }
}
resource "aws_dax_cluster" "v354" {
  cluster_name = "abcdefgh"
  iam_role_arn = "arn:aws:iam::123456789012:role/r"
  node_type = "t3.micro"
  replication_factor = 1
  server_side_encryption {
  }
}
resource "aws_dms_endpoint" "v355" {
  endpoint_id = "abcdefgh-12345678"
  endpoint_type = "source"
  engine_name = "aurora"
  mongodb_settings {
  }
}
resource "aws_dms_endpoint" "v356" {
  endpoint_id = "abcdefgh-12345678"
  endpoint_type = "source"
  engine_name = "aurora"
  redis_settings {
    auth_type = "none"
    port = 1
    server_name = "abcdefgh"
  }
}
resource "aws_dynamodb_table" "v357" {
  name = "abcdefgh"
  read_capacity = 1
  write_capacity = 1
  point_in_time_recovery {
    enabled = true
  }
}
resource "aws_dynamodb_table" "v358" {
  name = "abcdefgh"
  read_capacity = 1
  write_capacity = 1
  replica {
    region_name = "abcdefgh"
  }
}
resource "aws_dynamodb_table" "v359" {
  name = "abcdefgh"
  read_capacity = 1
  write_capacity = 1
  server_side_encryption {
    enabled = true
  }
}
resource "aws_ecr_repository" "v360" {
  name = "abcdefgh"
  encryption_configuration {
  }
}
resource "aws_ecr_repository" "v361" {
  name = "abcdefgh"
  image_scanning_configuration {
    scan_on_push = true
  }
}
resource "aws_ecs_cluster" "v362" {
  name = "abcdefgh"
  configuration {
    execute_command_configuration {
    }
  }
}
resource "aws_ecs_cluster" "v363" {
  name = "abcdefgh"
  configuration {
    execute_command_configuration {
      log_configuration {
      }
    }
  }
}
resource "aws_ecs_service" "v364" {
  name = "abcdefgh"
  network_configuration {
    subnets = ["subnet-0123456789abcdef0"]
  }
}
resource "aws_ecs_task_definition" "v365" {
  container_definitions = "[{\"name\":\"a\",\"image\":\"b\",\"memory\":128}]"
  family = "abcdefgh"
  volume {
    name = "abcdefgh"
    efs_volume_configuration {
      file_system_id = "abcdefgh-12345678"
    }
  }
}
resource "aws_efs_access_point" "v366" {
  file_system_id = "abcdefgh-12345678"
  root_directory {
  }
}
resource "aws_eks_cluster" "v367" {
  name = "abcdefgh"
  role_arn = "arn:aws:iam::123456789012:role/r"
  vpc_config {
    subnet_ids = ["subnet-0123456789abcdef0"]
  }
}
resource "aws_elasticsearch_domain" "v368" {
  domain_name = "abcdefgh"
  advanced_security_options {
    enabled = true
  }
}
resource "aws_elasticsearch_domain" "v369" {
  domain_name = "abcdefgh"
  cluster_config {
  }
}
resource "aws_elasticsearch_domain" "v370" {
  domain_name = "abcdefgh"
  domain_endpoint_options {
  }
}
resource "aws_elasticsearch_domain" "v371" {
  domain_name = "abcdefgh"
  encrypt_at_rest {
    enabled = true
  }
}
resource "aws_elasticsearch_domain" "v372" {
  domain_name = "abcdefgh"
  log_publishing_options {
    cloudwatch_log_group_arn = "arn:aws:sns:us-east-1:123456789012:name"
    log_type = "INDEX_SLOW_LOGS"
  }
}
resource "aws_elasticsearch_domain" "v373" {
  domain_name = "abcdefgh"
  node_to_node_encryption {
    enabled = true
  }
}
resource "aws_globalaccelerator_accelerator" "v374" {
  name = "abcdefgh"
  attributes {
  }
}
resource "aws_globalaccelerator_custom_routing_accelerator" "v375" {
  name = "abcdefgh"
  attributes {
  }
}
resource "aws_guardduty_detector" "v376" {
  datasources {
    s3_logs {
      enable = true
    }
  }
}
resource "aws_imagebuilder_image_recipe" "v377" {
  name = "abcdefgh"
  parent_image = "abcdefgh"
  version = "abcdefgh"
  block_device_mapping {
    ebs {
    }
  }
  component {
    component_arn = "arn:aws:sns:us-east-1:123456789012:name"
  }
}
resource "aws_instance" "v378" {
  ami = "abcdefgh"
  instance_type = "t3.micro"
  ebs_block_device {
    device_name = "abcdefgh"
  }
}
resource "aws_instance" "v379" {
  ami = "abcdefgh"
  instance_type = "t3.micro"
  metadata_options {
  }
}
resource "aws_instance" "v380" {
  ami = "abcdefgh"
  instance_type = "t3.micro"
  root_block_device {
  }
}
resource "aws_keyspaces_table" "v381" {
  keyspace_name = "abcdefgh"
  table_name = "abcdefgh"
  encryption_specification {
  }
  schema_definition {
    column {
      name = "abcdefgh"
      type = "abcdefgh"
    }
    partition_key {
      name = "abcdefgh"
    }
  }
}
resource "aws_kinesis_firehose_delivery_stream" "v382" {
  destination = "extended_s3"
  name = "abcdefgh"
  extended_s3_configuration {
    bucket_arn = "arn:aws:sns:us-east-1:123456789012:name"
    role_arn = "arn:aws:iam::123456789012:role/r"
  }
  server_side_encryption {
  }
}
resource "aws_lambda_function" "v383" {
  function_name = "abcdefgh"
  handler = "abcdefgh"
  role = "arn:aws:iam::123456789012:role/r"
  runtime = "nodejs"
  s3_bucket = "abcdefgh"
  s3_key = "abcdefgh"
  tracing_config {
    mode = "Active"
  }
}
resource "aws_launch_configuration" "v384" {
  image_id = "abcdefgh-12345678"
  instance_type = "t3.micro"
  ebs_block_device {
    device_name = "abcdefgh"
  }
}
resource "aws_launch_configuration" "v385" {
  image_id = "abcdefgh-12345678"
  instance_type = "t3.micro"
  metadata_options {
  }
}
resource "aws_launch_configuration" "v386" {
  image_id = "abcdefgh-12345678"
  instance_type = "t3.micro"
  root_block_device {
  }
}
resource "aws_launch_template" "v387" {
  block_device_mappings {
    ebs {
    }
  }
}
resource "aws_launch_template" "v388" {
  metadata_options {
  }
}
resource "aws_lb" "v389" {
  subnets = ["subnet-0123456789abcdef0"]
  access_logs {
    bucket = "abcdefgh"
  }
}
resource "aws_lb_listener" "v390" {
  load_balancer_arn = "arn:aws:sns:us-east-1:123456789012:name"
  default_action {
    target_group_arn = "arn:aws:sns:us-east-1:123456789012:name"
    type = "forward"
    redirect {
      status_code = "HTTP_301"
    }
  }
}
resource "aws_lb_target_group" "v391" {
  port = 1
  protocol = "HTTP"
  vpc_id = "vpc-0123456789abcdef0"
  health_check {
  }
}
resource "aws_mq_broker" "v392" {
  broker_name = "abcdefgh"
  engine_type = "ACTIVEMQ"
  engine_version = "abcdefgh"
  host_instance_type = "t3.micro"
  logs {
  }
  user {
    password = "Abcdefgh12345678!"
    username = "abcdefgh"
  }
}
resource "aws_msk_cluster" "v393" {
  cluster_name = "abcdefgh"
  kafka_version = "abcdefgh"
  number_of_broker_nodes = 1
  broker_node_group_info {
    client_subnets = ["subnet-0123456789abcdef0"]
    instance_type = "t3.micro"
    security_groups = ["abcdefgh"]
    connectivity_info {
      public_access {
      }
    }
  }
}
resource "aws_msk_cluster" "v394" {
  cluster_name = "abcdefgh"
  kafka_version = "abcdefgh"
  number_of_broker_nodes = 1
  broker_node_group_info {
    client_subnets = ["subnet-0123456789abcdef0"]
    instance_type = "t3.micro"
    security_groups = ["abcdefgh"]
  }
  encryption_info {
    encryption_in_transit {
    }
  }
}
resource "aws_msk_cluster" "v395" {
  cluster_name = "abcdefgh"
  kafka_version = "abcdefgh"
  number_of_broker_nodes = 1
  broker_node_group_info {
    client_subnets = ["subnet-0123456789abcdef0"]
    instance_type = "t3.micro"
    security_groups = ["abcdefgh"]
  }
  logging_info {
    broker_logs {
      cloudwatch_logs {
        enabled = true
      }
    }
  }
}
resource "aws_msk_cluster" "v396" {
  cluster_name = "abcdefgh"
  kafka_version = "abcdefgh"
  number_of_broker_nodes = 1
  broker_node_group_info {
    client_subnets = ["subnet-0123456789abcdef0"]
    instance_type = "t3.micro"
    security_groups = ["abcdefgh"]
  }
  logging_info {
    broker_logs {
      firehose {
        enabled = true
      }
    }
  }
}
resource "aws_msk_cluster" "v397" {
  cluster_name = "abcdefgh"
  kafka_version = "abcdefgh"
  number_of_broker_nodes = 1
  broker_node_group_info {
    client_subnets = ["subnet-0123456789abcdef0"]
    instance_type = "t3.micro"
    security_groups = ["abcdefgh"]
  }
  logging_info {
    broker_logs {
      s3 {
        enabled = true
      }
    }
  }
}
resource "aws_mwaa_environment" "v398" {
  dag_s3_path = "s3://bucket/key"
  execution_role_arn = "arn:aws:iam::123456789012:role/r"
  name = "abcdefgh"
  source_bucket_arn = "arn:aws:sns:us-east-1:123456789012:name"
  logging_configuration {
    scheduler_logs {
    }
  }
  network_configuration {
    security_group_ids = ["abcdefgh-12345678"]
    subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  }
}
resource "aws_mwaa_environment" "v399" {
  dag_s3_path = "s3://bucket/key"
  execution_role_arn = "arn:aws:iam::123456789012:role/r"
  name = "abcdefgh"
  source_bucket_arn = "arn:aws:sns:us-east-1:123456789012:name"
  logging_configuration {
    webserver_logs {
    }
  }
  network_configuration {
    security_group_ids = ["abcdefgh-12345678"]
    subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  }
}
resource "aws_mwaa_environment" "v400" {
  dag_s3_path = "s3://bucket/key"
  execution_role_arn = "arn:aws:iam::123456789012:role/r"
  name = "abcdefgh"
  source_bucket_arn = "arn:aws:sns:us-east-1:123456789012:name"
  logging_configuration {
    worker_logs {
    }
  }
  network_configuration {
    security_group_ids = ["abcdefgh-12345678"]
    subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  }
}
resource "aws_opensearch_domain" "v401" {
  domain_name = "abcdefgh"
  advanced_security_options {
    enabled = true
  }
}
resource "aws_opensearch_domain" "v402" {
  domain_name = "abcdefgh"
  cluster_config {
  }
}
resource "aws_opensearch_domain" "v403" {
  domain_name = "abcdefgh"
  domain_endpoint_options {
  }
}
resource "aws_opensearch_domain" "v404" {
  domain_name = "abcdefgh"
  encrypt_at_rest {
    enabled = true
  }
}
resource "aws_opensearch_domain" "v405" {
  domain_name = "abcdefgh"
  log_publishing_options {
    cloudwatch_log_group_arn = "arn:aws:sns:us-east-1:123456789012:name"
    log_type = "INDEX_SLOW_LOGS"
  }
}
resource "aws_opensearch_domain" "v406" {
  domain_name = "abcdefgh"
  node_to_node_encryption {
    enabled = true
  }
}
resource "aws_s3_access_point" "v407" {
  bucket = "abcdefgh"
  name = "abcdefgh"
  public_access_block_configuration {
  }
}
resource "aws_s3_bucket" "v408" {
  versioning {
  }
}
resource "aws_s3_bucket_versioning" "v409" {
  bucket = "abcdefgh"
  versioning_configuration {
    status = "Enabled"
  }
}
resource "aws_ses_configuration_set" "v410" {
  name = "abcdefgh"
  delivery_options {
  }
}
resource "aws_sesv2_configuration_set" "v411" {
  configuration_set_name = "abcdefgh"
  delivery_options {
  }
}
resource "aws_sfn_state_machine" "v412" {
  definition = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role_arn = "arn:aws:iam::123456789012:role/r"
  logging_configuration {
  }
}
resource "aws_sfn_state_machine" "v413" {
  definition = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role_arn = "arn:aws:iam::123456789012:role/r"
  tracing_configuration {
  }
}
resource "aws_vpn_connection" "v414" {
  customer_gateway_id = "abcdefgh-12345678"
  type = "ipsec.1"
  tunnel1_log_options {
    cloudwatch_log_options {
    }
  }
}
resource "aws_vpn_connection" "v415" {
  customer_gateway_id = "abcdefgh-12345678"
  type = "ipsec.1"
  tunnel2_log_options {
    cloudwatch_log_options {
    }
  }
}
