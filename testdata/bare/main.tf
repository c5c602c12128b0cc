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
resource "aws_appsync_api_cache" "v23" {
  api_caching_behavior = "FULL_REQUEST_CACHING"
  api_id = "abcdefgh-12345678"
  ttl = 1
  type = "T2_SMALL"
}
resource "aws_appsync_graphql_api" "v24" {
  authentication_type = "API_KEY"
  name = "abcdefgh"
}
resource "aws_athena_database" "v25" {
  name = "abcdefgh"
}
resource "aws_athena_workgroup" "v26" {
  name = "abcdefgh"
}
resource "aws_autoscaling_attachment" "v27" {
  autoscaling_group_name = "abcdefgh"
  elb = "abcdefgh"
}
resource "aws_autoscaling_group" "v28" {
  launch_configuration = "abcdefgh"
  max_size = 1
  min_size = 1
}
resource "aws_autoscaling_group_tag" "v29" {
  autoscaling_group_name = "abcdefgh"
  tag {
    key = "abcdefgh"
    propagate_at_launch = true
    value = "abcdefgh"
  }
}
resource "aws_autoscaling_traffic_source_attachment" "v30" {
  autoscaling_group_name = "abcdefgh"
}
resource "aws_backup_plan" "v31" {
  name = "abcdefgh"
  rule {
    rule_name = "abcdefgh"
    target_vault_name = "abcdefgh"
  }
}
resource "aws_backup_selection" "v32" {
  iam_role_arn = "arn:aws:iam::123456789012:role/r"
  name = "abcdefgh"
  plan_id = "abcdefgh-12345678"
}
resource "aws_backup_vault" "v33" {
  name = "abcdefgh"
}
resource "aws_backup_vault_lock_configuration" "v34" {
  backup_vault_name = "abcdefgh"
}
resource "aws_backup_vault_policy" "v35" {
  backup_vault_name = "abcdefgh"
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
}
resource "aws_batch_compute_environment" "v36" {
  type = "MANAGED"
}
resource "aws_batch_job_definition" "v37" {
  name = "abcdefgh"
  type = "container"
}
resource "aws_bedrockagent_agent" "v38" {
  agent_name = "abcdefgh"
  agent_resource_role_arn = "arn:aws:iam::123456789012:role/r"
  foundation_model = "abcdefgh"
}
resource "aws_cloudformation_stack" "v39" {
  name = "abcdefgh"
}
resource "aws_cloudfront_distribution" "v40" {
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
resource "aws_cloudfront_response_headers_policy" "v41" {
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
resource "aws_cloudsearch_domain" "v42" {
  name = "abcdefgh"
}
resource "aws_cloudtrail" "v43" {
  name = "abcdefgh"
  s3_bucket_name = "abcdefgh"
}
resource "aws_cloudtrail_event_data_store" "v44" {
  name = "abcdefgh"
}
resource "aws_cloudwatch_composite_alarm" "v45" {
  alarm_name = "abcdefgh"
  alarm_rule = "abcdefgh"
}
resource "aws_cloudwatch_event_bus" "v46" {
  name = "abcdefgh"
}
resource "aws_cloudwatch_event_bus_policy" "v47" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
}
resource "aws_cloudwatch_event_permission" "v48" {
  principal = "123456789012"
  statement_id = "abcdefgh-12345678"
}
resource "aws_cloudwatch_log_destination_policy" "v49" {
  access_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  destination_name = "abcdefgh"
}
resource "aws_cloudwatch_log_group" "v50" {
}
resource "aws_cloudwatch_log_metric_filter" "v51" {
  log_group_name = "abcdefgh"
  name = "abcdefgh"
  pattern = "abcdefgh"
  metric_transformation {
    name = "abcdefgh"
    namespace = "abcdefgh"
    value = "abcdefgh"
  }
}
resource "aws_cloudwatch_metric_alarm" "v52" {
  alarm_name = "abcdefgh"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  evaluation_periods = 1
}
resource "aws_codeartifact_domain" "v53" {
  domain = "abcdefgh"
}
resource "aws_codebuild_project" "v54" {
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
resource "aws_codebuild_report_group" "v55" {
  name = "abcdefgh"
  type = "TEST"
  export_config {
    type = "S3"
  }
}
resource "aws_codecommit_approval_rule_template" "v56" {
  content = "1"
  name = "abcdefgh"
}
resource "aws_codegurureviewer_repository_association" "v57" {
  repository {
  }
}
resource "aws_codepipeline" "v58" {
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
resource "aws_cognito_identity_pool" "v59" {
  identity_pool_name = "abcdefgh"
}
resource "aws_cognito_user_pool" "v60" {
  name = "abcdefgh"
}
resource "aws_comprehend_entity_recognizer" "v61" {
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
resource "aws_config_configuration_aggregator" "v62" {
  name = "abcdefgh"
}
resource "aws_config_configuration_recorder" "v63" {
  role_arn = "arn:aws:iam::123456789012:role/r"
}
resource "aws_config_configuration_recorder_status" "v64" {
  is_enabled = true
  name = "abcdefgh"
}
resource "aws_connect_instance" "v65" {
  directory_id = "aaaaaaaaaaaa"
  identity_management_type = "SAML"
  inbound_calls_enabled = true
  outbound_calls_enabled = true
}
resource "aws_connect_instance_storage_config" "v66" {
  instance_id = "abcdefgh-12345678"
  resource_type = "CHAT_TRANSCRIPTS"
  storage_config {
    storage_type = "S3"
  }
}
resource "aws_datasync_location_object_storage" "v67" {
  agent_arns = ["arn:aws:sns:us-east-1:123456789012:name"]
  bucket_name = "abcdefgh"
  server_hostname = "abcdefgh"
}
resource "aws_datasync_task" "v68" {
  destination_location_arn = "arn:aws:sns:us-east-1:123456789012:name"
  source_location_arn = "arn:aws:sns:us-east-1:123456789012:name"
}
resource "aws_dax_cluster" "v69" {
  cluster_name = "abcdefgh"
  iam_role_arn = "arn:aws:iam::123456789012:role/r"
  node_type = "t3.micro"
  replication_factor = 1
}
resource "aws_db_cluster_snapshot" "v70" {
  db_cluster_identifier = "abcdefgh"
  db_cluster_snapshot_identifier = "abcdefgh"
}
resource "aws_db_event_subscription" "v71" {
  sns_topic = "arn:aws:iam::123456789012:role/r"
}
resource "aws_db_instance" "v72" {
  instance_class = "t3.micro"
}
resource "aws_db_parameter_group" "v73" {
  family = "abcdefgh"
}
resource "aws_db_proxy" "v74" {
  engine_family = "MYSQL"
  name = "abcdefgh"
  role_arn = "arn:aws:iam::123456789012:role/r"
  vpc_subnet_ids = ["subnet-0123456789abcdef0"]
  auth {
  }
}
resource "aws_db_snapshot" "v75" {
  db_instance_identifier = "abcdefgh"
  db_snapshot_identifier = "abcdefgh"
}
resource "aws_db_snapshot_copy" "v76" {
  source_db_snapshot_identifier = "abcdefgh"
  target_db_snapshot_identifier = "abcdefgh"
}
resource "aws_default_network_acl" "v77" {
  default_network_acl_id = "abcdefgh-12345678"
}
resource "aws_default_route_table" "v78" {
  default_route_table_id = "abcdefgh-12345678"
}
resource "aws_default_security_group" "v79" {
}
resource "aws_default_vpc" "v80" {
}
resource "aws_dlm_lifecycle_policy" "v81" {
  description = "abcdefgh"
  execution_role_arn = "arn:aws:iam::123456789012:role/r"
  policy_details {
  }
}
resource "aws_dms_endpoint" "v82" {
  endpoint_id = "abcdefgh-12345678"
  endpoint_type = "source"
  engine_name = "aurora"
}
resource "aws_dms_replication_instance" "v83" {
  replication_instance_class = "t3.micro"
  replication_instance_id = "abcdefgh-12345678"
}
resource "aws_dms_s3_endpoint" "v84" {
  bucket_name = "abcdefgh"
  endpoint_id = "abcdefgh-12345678"
  endpoint_type = "source"
  service_access_role_arn = "arn:aws:iam::123456789012:role/r"
}
resource "aws_docdb_cluster" "v85" {
}
resource "aws_docdb_cluster_parameter_group" "v86" {
  family = "abcdefgh"
}
resource "aws_docdb_global_cluster" "v87" {
  engine = "docdb"
  global_cluster_identifier = "abcdefgh"
}
resource "aws_dynamodb_global_table" "v88" {
  name = "abcdefgh"
  replica {
    region_name = "abcdefgh"
  }
}
resource "aws_dynamodb_table" "v89" {
  name = "abcdefgh"
  read_capacity = 1
  write_capacity = 1
}
resource "aws_dynamodb_table_replica" "v90" {
  global_table_arn = "arn:aws:sns:us-east-1:123456789012:name"
}
resource "aws_ebs_default_kms_key" "v91" {
  key_arn = "arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012"
}
resource "aws_ebs_encryption_by_default" "v92" {
}
resource "aws_ebs_snapshot_copy" "v93" {
  source_region = "us-east-1"
  source_snapshot_id = "abcdefgh-12345678"
}
resource "aws_ebs_volume" "v94" {
  availability_zone = "us-east-1a"
  size = 1
}
resource "aws_ec2_client_vpn_endpoint" "v95" {
  client_cidr_block = "10.0.0.0/16"
  server_certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"
  authentication_options {
    type = "certificate-authentication"
  }
  connection_log_options {
    enabled = true
  }
}
resource "aws_ec2_instance_metadata_defaults" "v96" {
  http_endpoint = "disabled"
}
resource "aws_ec2_transit_gateway" "v97" {
}
resource "aws_ecr_lifecycle_policy" "v98" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  repository = "abcdefgh"
}
resource "aws_ecr_registry_scanning_configuration" "v99" {
  scan_type = "BASIC"
}
resource "aws_ecr_replication_configuration" "v100" {
}
resource "aws_ecr_repository" "v101" {
  name = "abcdefgh"
}
resource "aws_ecr_repository_policy" "v102" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  repository = "abcdefgh"
}
resource "aws_ecs_cluster" "v103" {
  name = "abcdefgh"
}
resource "aws_ecs_service" "v104" {
  name = "abcdefgh"
}
resource "aws_ecs_task_definition" "v105" {
  container_definitions = "[{\"name\":\"a\",\"image\":\"b\",\"memory\":128}]"
  family = "abcdefgh"
}
resource "aws_efs_access_point" "v106" {
  file_system_id = "abcdefgh-12345678"
}
resource "aws_efs_backup_policy" "v107" {
  file_system_id = "abcdefgh-12345678"
  backup_policy {
    status = "DISABLED"
  }
}
resource "aws_efs_file_system" "v108" {
}
resource "aws_efs_file_system_policy" "v109" {
  file_system_id = "abcdefgh-12345678"
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
}
resource "aws_efs_mount_target" "v110" {
  file_system_id = "abcdefgh-12345678"
  subnet_id = "subnet-0123456789abcdef0"
}
resource "aws_eip" "v111" {
}
resource "aws_eip_association" "v112" {
  instance_id = "abcdefgh-12345678"
}
resource "aws_eks_cluster" "v113" {
  name = "abcdefgh"
  role_arn = "arn:aws:iam::123456789012:role/r"
  vpc_config {
    subnet_ids = ["subnet-0123456789abcdef0"]
  }
}
resource "aws_eks_node_group" "v114" {
  cluster_name = "abcdefgh"
  node_role_arn = "arn:aws:iam::123456789012:role/r"
  subnet_ids = ["subnet-0123456789abcdef0"]
  scaling_config {
    desired_size = 1
    max_size = 1
    min_size = 1
  }
}
resource "aws_elastic_beanstalk_configuration_template" "v115" {
  application = "abcdefgh"
  name = "abcdefgh"
}
resource "aws_elastic_beanstalk_environment" "v116" {
  application = "abcdefgh"
  name = "abcdefgh"
}
resource "aws_elasticache_cluster" "v117" {
  cluster_id = "abcdefgh-12345678"
  engine = "memcached"
}
resource "aws_elasticache_replication_group" "v118" {
  description = "abcdefgh"
  replication_group_id = "abcdefgh-12345678"
}
resource "aws_elasticache_serverless_cache" "v119" {
  engine = "abcdefgh"
  name = "abcdefgh"
}
resource "aws_elasticsearch_domain" "v120" {
  domain_name = "abcdefgh"
}
resource "aws_elb" "v121" {
  listener {
    instance_port = 1
    instance_protocol = "HTTP"
    lb_port = 1
    lb_protocol = "HTTP"
  }
}
resource "aws_emr_block_public_access_configuration" "v122" {
  block_public_security_group_rules = true
}
resource "aws_emr_cluster" "v123" {
  name = "abcdefgh"
  release_label = "abcdefgh"
  service_role = "arn:aws:iam::123456789012:role/r"
}
resource "aws_emr_security_configuration" "v124" {
  configuration = "1"
}
resource "aws_flow_log" "v125" {
  eni_id = "abcdefgh-12345678"
}
resource "aws_fsx_lustre_file_system" "v126" {
  subnet_ids = ["subnet-0123456789abcdef0"]
}
resource "aws_fsx_ontap_file_system" "v127" {
  deployment_type = "MULTI_AZ_1"
  preferred_subnet_id = "subnet-0123456789abcdef0"
  storage_capacity = 1024
  subnet_ids = ["subnet-0123456789abcdef0"]
  throughput_capacity = "128"
}
resource "aws_fsx_openzfs_file_system" "v128" {
  deployment_type = "SINGLE_AZ_1"
  storage_capacity = 64
  subnet_ids = ["subnet-0123456789abcdef0"]
  throughput_capacity = 64
}
resource "aws_fsx_windows_file_system" "v129" {
  subnet_ids = ["subnet-0123456789abcdef0"]
  throughput_capacity = "8"
}
resource "aws_glacier_vault" "v130" {
  name = "abcdefgh"
}
resource "aws_globalaccelerator_accelerator" "v131" {
  name = "abcdefgh"
}
resource "aws_globalaccelerator_custom_routing_accelerator" "v132" {
  name = "abcdefgh"
}
resource "aws_glue_crawler" "v133" {
  database_name = "abcdefgh"
  name = "abcdefgh"
  role = "arn:aws:iam::123456789012:role/r"
  catalog_target {
    database_name = "abcdefgh"
    tables = ["abcdefgh"]
  }
}
resource "aws_glue_data_catalog_encryption_settings" "v134" {
  data_catalog_encryption_settings {
    connection_password_encryption {
      return_connection_password_encrypted = true
    }
    encryption_at_rest {
      catalog_encryption_mode = "DISABLED"
    }
  }
}
resource "aws_glue_dev_endpoint" "v135" {
  name = "abcdefgh"
  role_arn = "arn:aws:iam::123456789012:role/r"
}
resource "aws_glue_job" "v136" {
  name = "abcdefgh"
  role_arn = "arn:aws:iam::123456789012:role/r"
  command {
    script_location = "abcdefgh"
  }
}
resource "aws_glue_security_configuration" "v137" {
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
resource "aws_guardduty_detector" "v138" {
}
resource "aws_guardduty_detector_feature" "v139" {
  detector_id = "abcdefgh-12345678"
  name = "S3_DATA_EVENTS"
  status = "ENABLED"
}
resource "aws_iam_access_key" "v140" {
  user = "abcdefgh"
}
resource "aws_iam_account_password_policy" "v141" {
}
resource "aws_iam_group" "v142" {
  name = "abcdefgh"
}
resource "aws_iam_group_membership" "v143" {
  group = "abcdefgh"
  name = "abcdefgh"
  users = ["abcdefgh"]
}
resource "aws_iam_group_policy" "v144" {
  group = "abcdefgh"
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
}
resource "aws_iam_group_policy_attachment" "v145" {
  group = "abcdefgh"
  policy_arn = "arn:aws:sns:us-east-1:123456789012:name"
}
resource "aws_iam_policy" "v146" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
}
resource "aws_iam_policy_attachment" "v147" {
  groups = ["abcdefgh"]
  name = "abcdefgh"
  policy_arn = "arn:aws:sns:us-east-1:123456789012:name"
}
resource "aws_iam_role" "v148" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
}
resource "aws_iam_role_policy" "v149" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role = "abc"
}
resource "aws_iam_role_policy_attachment" "v150" {
  policy_arn = "arn:aws:sns:us-east-1:123456789012:name"
  role = "arn:aws:iam::123456789012:role/r"
}
resource "aws_iam_user" "v151" {
  name = "abcdefgh"
}
resource "aws_iam_user_group_membership" "v152" {
  groups = ["abcdefgh"]
  user = "abcdefgh"
}
resource "aws_iam_user_login_profile" "v153" {
  user = "abcdefgh"
}
resource "aws_iam_user_policy" "v154" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  user = "abcdefgh"
}
resource "aws_iam_user_policy_attachment" "v155" {
  policy_arn = "arn:aws:sns:us-east-1:123456789012:name"
  user = "abcdefgh"
}
resource "aws_imagebuilder_component" "v156" {
  data = "abcdefgh"
  name = "abcdefgh"
  platform = "Windows"
  version = "abcdefgh"
}
resource "aws_imagebuilder_distribution_configuration" "v157" {
  name = "abcdefgh"
  distribution {
    region = "us-east-1"
  }
}
resource "aws_imagebuilder_image_recipe" "v158" {
  name = "abcdefgh"
  parent_image = "abcdefgh"
  version = "abcdefgh"
  component {
    component_arn = "arn:aws:sns:us-east-1:123456789012:name"
  }
}
resource "aws_instance" "v159" {
  ami = "abcdefgh"
  instance_type = "t3.micro"
}
resource "aws_kendra_index" "v160" {
  name = "abcdefgh"
  role_arn = "arn:aws:iam::123456789012:role/r"
}
resource "aws_keyspaces_table" "v161" {
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
resource "aws_kinesis_firehose_delivery_stream" "v162" {
  destination = "extended_s3"
  name = "abcdefgh"
  extended_s3_configuration {
    bucket_arn = "arn:aws:sns:us-east-1:123456789012:name"
    role_arn = "arn:aws:iam::123456789012:role/r"
  }
}
resource "aws_kinesis_stream" "v163" {
  name = "abcdefgh"
  shard_count = 1
}
resource "aws_kinesis_video_stream" "v164" {
  name = "abcdefgh"
}
resource "aws_kms_external_key" "v165" {
}
resource "aws_kms_key" "v166" {
}
resource "aws_kms_key_policy" "v167" {
  key_id = "abcdefgh-12345678"
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
}
resource "aws_kms_replica_external_key" "v168" {
  primary_key_arn = "arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012"
}
resource "aws_kms_replica_key" "v169" {
  primary_key_arn = "arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012"
}
resource "aws_lambda_function" "v170" {
  function_name = "abcdefgh"
  handler = "abcdefgh"
  role = "arn:aws:iam::123456789012:role/r"
  runtime = "nodejs"
  s3_bucket = "abcdefgh"
  s3_key = "abcdefgh"
}
resource "aws_lambda_function_url" "v171" {
  authorization_type = "NONE"
  function_name = "abcdefgh"
}
resource "aws_lambda_permission" "v172" {
  action = "lambda:InvokeFunction"
  function_name = "abcdefgh"
  principal = "abcdefgh"
}
resource "aws_launch_configuration" "v173" {
  image_id = "abcdefgh-12345678"
  instance_type = "t3.micro"
}
resource "aws_launch_template" "v174" {
}
resource "aws_lb" "v175" {
  subnets = ["subnet-0123456789abcdef0"]
}
resource "aws_lb_listener" "v176" {
  load_balancer_arn = "arn:aws:sns:us-east-1:123456789012:name"
  default_action {
    target_group_arn = "arn:aws:sns:us-east-1:123456789012:name"
    type = "forward"
  }
}
resource "aws_lb_target_group" "v177" {
  port = 1
  protocol = "HTTP"
  vpc_id = "vpc-0123456789abcdef0"
}
resource "aws_memorydb_cluster" "v178" {
  acl_name = "abcdefgh"
  node_type = "t3.micro"
}
resource "aws_memorydb_snapshot" "v179" {
  cluster_name = "abcdefgh"
}
resource "aws_mq_broker" "v180" {
  broker_name = "abcdefgh"
  engine_type = "ACTIVEMQ"
  engine_version = "abcdefgh"
  host_instance_type = "t3.micro"
  user {
    password = "Abcdefgh12345678!"
    username = "abcdefgh"
  }
}
resource "aws_msk_cluster" "v181" {
  cluster_name = "abcdefgh"
  kafka_version = "abcdefgh"
  number_of_broker_nodes = 1
  broker_node_group_info {
    client_subnets = ["subnet-0123456789abcdef0"]
    instance_type = "t3.micro"
    security_groups = ["abcdefgh"]
  }
}
resource "aws_msk_serverless_cluster" "v182" {
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
resource "aws_mwaa_environment" "v183" {
  dag_s3_path = "s3://bucket/key"
  execution_role_arn = "arn:aws:iam::123456789012:role/r"
  name = "abcdefgh"
  source_bucket_arn = "arn:aws:sns:us-east-1:123456789012:name"
  network_configuration {
    security_group_ids = ["abcdefgh-12345678"]
    subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  }
}
resource "aws_nat_gateway" "v184" {
  subnet_id = "subnet-0123456789abcdef0"
}
resource "aws_neptune_cluster" "v185" {
}
resource "aws_neptune_cluster_instance" "v186" {
  cluster_identifier = "abcdefgh"
  instance_class = "t3.micro"
}
resource "aws_neptune_cluster_snapshot" "v187" {
  db_cluster_identifier = "abcdefgh"
  db_cluster_snapshot_identifier = "abcdefgh"
}
resource "aws_network_acl" "v188" {
  vpc_id = "vpc-0123456789abcdef0"
}
resource "aws_network_acl_association" "v189" {
  network_acl_id = "abcdefgh-12345678"
  subnet_id = "subnet-0123456789abcdef0"
}
resource "aws_network_acl_rule" "v190" {
  cidr_block = "10.0.0.0/16"
  network_acl_id = "abcdefgh-12345678"
  protocol = "1"
  rule_action = "allow"
  rule_number = 1
}
resource "aws_network_interface" "v191" {
  subnet_id = "subnet-0123456789abcdef0"
}
resource "aws_network_interface_attachment" "v192" {
  device_index = 1
  instance_id = "abcdefgh-12345678"
  network_interface_id = "abcdefgh-12345678"
}
resource "aws_network_interface_sg_attachment" "v193" {
  network_interface_id = "abcdefgh-12345678"
  security_group_id = "abcdefgh-12345678"
}
resource "aws_networkfirewall_firewall" "v194" {
  firewall_policy_arn = "arn:aws:sns:us-east-1:123456789012:name"
  name = "abcdefgh"
  vpc_id = "vpc-0123456789abcdef0"
  subnet_mapping {
    subnet_id = "subnet-0123456789abcdef0"
  }
}
resource "aws_networkfirewall_firewall_policy" "v195" {
  name = "abcdefgh"
  firewall_policy {
    stateless_default_actions = ["abcdefgh"]
    stateless_fragment_default_actions = ["abcdefgh"]
  }
}
resource "aws_networkfirewall_logging_configuration" "v196" {
  firewall_arn = "arn:aws:sns:us-east-1:123456789012:name"
  logging_configuration {
    log_destination_config {
      log_destination = {"k" = "abcdefgh"}
      log_destination_type = "S3"
      log_type = "ALERT"
    }
  }
}
resource "aws_networkfirewall_rule_group" "v197" {
  capacity = 1
  name = "abcdefgh"
  type = "STATELESS"
}
resource "aws_opensearch_domain" "v198" {
  domain_name = "abcdefgh"
}
resource "aws_qldb_ledger" "v199" {
  permissions_mode = "ALLOW_ALL"
}
resource "aws_rds_cluster" "v200" {
  engine = "aurora-mysql"
}
resource "aws_rds_cluster_activity_stream" "v201" {
  kms_key_id = "arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012"
  mode = "sync"
  resource_arn = "arn:aws:sns:us-east-1:123456789012:name"
}
resource "aws_rds_cluster_instance" "v202" {
  cluster_identifier = "abcdefgh"
  engine = "aurora-mysql"
  instance_class = "t3.micro"
}
resource "aws_rds_cluster_parameter_group" "v203" {
  family = "abcdefgh"
}
resource "aws_rds_global_cluster" "v204" {
  global_cluster_identifier = "abcdefgh"
}
resource "aws_redshift_cluster" "v205" {
  cluster_identifier = "abcdefgh"
  node_type = "t3.micro"
}
resource "aws_redshift_logging" "v206" {
  cluster_identifier = "abcdefgh"
}
resource "aws_redshift_parameter_group" "v207" {
  family = "abcdefgh"
  name = "abcdefgh"
}
resource "aws_redshift_snapshot_copy_grant" "v208" {
  snapshot_copy_grant_name = "abcdefgh"
}
resource "aws_redshiftserverless_namespace" "v209" {
  namespace_name = "abcdefgh"
}
resource "aws_redshiftserverless_workgroup" "v210" {
  namespace_name = "abcdefgh"
  workgroup_name = "abcdefgh"
}
resource "aws_route" "v211" {
  carrier_gateway_id = "abcdefgh-12345678"
  destination_cidr_block = "10.0.0.0/16"
  route_table_id = "abcdefgh-12345678"
}
resource "aws_route53_hosted_zone_dnssec" "v212" {
  hosted_zone_id = "abcdefgh-12345678"
}
resource "aws_route53_key_signing_key" "v213" {
  hosted_zone_id = "abcdefgh-12345678"
  key_management_service_arn = "arn:aws:sns:us-east-1:123456789012:name"
  name = "abcdefgh"
}
resource "aws_route53_query_log" "v214" {
  cloudwatch_log_group_arn = "arn:aws:sns:us-east-1:123456789012:name"
  zone_id = "abcdefgh-12345678"
}
resource "aws_route53_resolver_endpoint" "v215" {
  direction = "INBOUND"
  security_group_ids = ["abcdefgh-12345678"]
  ip_address {
    subnet_id = "subnet-0123456789abcdef0"
  }
  ip_address {
    subnet_id = "subnet-0123456789abcdef1"
  }
}
resource "aws_route53_zone" "v216" {
  name = "abcdefgh"
}
resource "aws_route53_zone_association" "v217" {
  vpc_id = "vpc-0123456789abcdef0"
  zone_id = "abcdefgh-12345678"
}
resource "aws_route53domains_domain" "v218" {
  domain_name = "abcdefgh"
  admin_contact {
  }
  registrant_contact {
  }
  tech_contact {
  }
}
resource "aws_route53domains_registered_domain" "v219" {
  domain_name = "abcdefgh"
}
resource "aws_route_table" "v220" {
  vpc_id = "vpc-0123456789abcdef0"
}
resource "aws_s3_access_point" "v221" {
  bucket = "abcdefgh"
  name = "abcdefgh"
}
resource "aws_s3_account_public_access_block" "v222" {
}
resource "aws_s3_bucket" "v223" {
}
resource "aws_s3_bucket_acl" "v224" {
  acl = "private"
  bucket = "abcdefgh"
}
resource "aws_s3_bucket_lifecycle_configuration" "v225" {
  bucket = "abcdefgh"
}
resource "aws_s3_bucket_logging" "v226" {
  bucket = "abcdefgh"
  target_bucket = "abcdefgh"
  target_prefix = "abcdefgh"
}
resource "aws_s3_bucket_notification" "v227" {
  bucket = "abcdefgh"
}
resource "aws_s3_bucket_object" "v228" {
  bucket = "abcdefgh"
  key = "abcdefgh"
}
resource "aws_s3_bucket_object_lock_configuration" "v229" {
  bucket = "abcdefgh"
}
resource "aws_s3_bucket_ownership_controls" "v230" {
  bucket = "abcdefgh"
  rule {
    object_ownership = "BucketOwnerPreferred"
  }
}
resource "aws_s3_bucket_policy" "v231" {
  bucket = "abcdefgh"
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
}
resource "aws_s3_bucket_public_access_block" "v232" {
  bucket = "abcdefgh"
}
resource "aws_s3_bucket_replication_configuration" "v233" {
  bucket = "abcdefgh"
  role = "arn:aws:iam::123456789012:role/r"
  rule {
    status = "Enabled"
    destination {
      bucket = "arn:aws:iam::123456789012:role/r"
    }
  }
}
resource "aws_s3_bucket_server_side_encryption_configuration" "v234" {
  bucket = "abcdefgh"
  rule {
  }
}
resource "aws_s3_bucket_versioning" "v235" {
  bucket = "abcdefgh"
  versioning_configuration {
    status = "Enabled"
  }
}
resource "aws_s3_object" "v236" {
  bucket = "abcdefgh"
  key = "abcdefgh"
}
resource "aws_s3_object_copy" "v237" {
  bucket = "abcdefgh"
  key = "abcdefgh"
  source = "abcdefgh"
}
resource "aws_sagemaker_domain" "v238" {
  auth_mode = "SSO"
  domain_name = "abcdefgh"
  subnet_ids = ["subnet-0123456789abcdef0"]
  vpc_id = "vpc-0123456789abcdef0"
  default_user_settings {
    execution_role = "arn:aws:iam::123456789012:role/r"
  }
}
resource "aws_sagemaker_endpoint_configuration" "v239" {
  production_variants {
    model_name = "abcdefgh"
  }
}
resource "aws_sagemaker_flow_definition" "v240" {
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
resource "aws_sagemaker_model" "v241" {
  execution_role_arn = "arn:aws:iam::123456789012:role/r"
}
resource "aws_sagemaker_notebook_instance" "v242" {
  instance_type = "ml.t2.medium"
  name = "abcdefgh"
  role_arn = "arn:aws:iam::123456789012:role/r"
}
resource "aws_scheduler_schedule" "v243" {
  schedule_expression = "rate(1 day)"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn = "arn:aws:sns:us-east-1:123456789012:name"
    role_arn = "arn:aws:iam::123456789012:role/r"
  }
}
resource "aws_secretsmanager_secret" "v244" {
}
resource "aws_secretsmanager_secret_policy" "v245" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  secret_arn = "arn:aws:sns:us-east-1:123456789012:name"
}
resource "aws_secretsmanager_secret_rotation" "v246" {
  secret_id = "Abcdefgh12345678!"
  rotation_rules {
    automatically_after_days = 1
  }
}
resource "aws_security_group" "v247" {
}
resource "aws_security_group_rule" "v248" {
  cidr_blocks = ["10.0.0.0/16"]
  from_port = 1
  protocol = "abcdefgh"
  security_group_id = "abcdefgh-12345678"
  to_port = 1
  type = "egress"
}
resource "aws_ses_configuration_set" "v249" {
  name = "abcdefgh"
}
resource "aws_sesv2_configuration_set" "v250" {
  configuration_set_name = "abcdefgh"
}
resource "aws_sfn_state_machine" "v251" {
  definition = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role_arn = "arn:aws:iam::123456789012:role/r"
}
resource "aws_sns_topic" "v252" {
}
resource "aws_sns_topic_policy" "v253" {
  arn = "arn:aws:sns:us-east-1:123456789012:name"
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
}
resource "aws_spot_instance_request" "v254" {
  ami = "abcdefgh"
  instance_type = "t3.micro"
}
resource "aws_sqs_queue" "v255" {
}
resource "aws_sqs_queue_policy" "v256" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  queue_url = "https://example.com/x"
}
resource "aws_sqs_queue_redrive_policy" "v257" {
  queue_url = "https://example.com/x"
  redrive_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
}
resource "aws_ssm_document" "v258" {
  content = "abcdefgh"
  document_type = "Command"
  name = "abcdefgh"
}
resource "aws_ssm_parameter" "v259" {
  insecure_value = "abcdefgh"
  name = "abcdefgh"
  type = "String"
}
resource "aws_ssoadmin_managed_policy_attachment" "v260" {
  instance_arn = "arn:aws:sns:us-east-1:123456789012:name"
  managed_policy_arn = "arn:aws:sns:us-east-1:123456789012:name"
  permission_set_arn = "arn:aws:sns:us-east-1:123456789012:name"
}
resource "aws_ssoadmin_permission_set_inline_policy" "v261" {
  inline_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  instance_arn = "arn:aws:sns:us-east-1:123456789012:name"
  permission_set_arn = "arn:aws:sns:us-east-1:123456789012:name"
}
resource "aws_subnet" "v262" {
  vpc_id = "vpc-0123456789abcdef0"
}
resource "aws_timestreamwrite_database" "v263" {
  database_name = "abcdefgh"
}
resource "aws_transfer_server" "v264" {
}
resource "aws_volume_attachment" "v265" {
  device_name = "abcdefgh"
  instance_id = "abcdefgh-12345678"
  volume_id = "abcdefgh-12345678"
}
resource "aws_vpc" "v266" {
}
resource "aws_vpc_endpoint" "v267" {
  vpc_id = "vpc-0123456789abcdef0"
}
resource "aws_vpc_endpoint_security_group_association" "v268" {
  security_group_id = "abcdefgh-12345678"
  vpc_endpoint_id = "abcdefgh-12345678"
}
resource "aws_vpc_endpoint_service" "v269" {
  acceptance_required = true
}
resource "aws_vpc_security_group_egress_rule" "v270" {
  cidr_ipv4 = "10.0.0.0/16"
  ip_protocol = "abcdefgh"
  security_group_id = "abcdefgh-12345678"
}
resource "aws_vpc_security_group_ingress_rule" "v271" {
  cidr_ipv4 = "10.0.0.0/16"
  ip_protocol = "abcdefgh"
  security_group_id = "abcdefgh-12345678"
}
resource "aws_vpn_connection" "v272" {
  customer_gateway_id = "abcdefgh-12345678"
  type = "ipsec.1"
}
resource "aws_waf_rule_group" "v273" {
  metric_name = "abcdefgh"
  name = "abcdefgh"
}
resource "aws_waf_web_acl" "v274" {
  metric_name = "abcdefgh"
  name = "abcdefgh"
  default_action {
    type = "abcdefgh"
  }
}
resource "aws_wafregional_rule_group" "v275" {
  metric_name = "abcdefgh"
  name = "abcdefgh"
}
resource "aws_wafregional_web_acl" "v276" {
  metric_name = "abcdefgh"
  name = "abcdefgh"
  default_action {
    type = "BLOCK"
  }
}
resource "aws_wafregional_web_acl_association" "v277" {
  resource_arn = "arn:aws:sns:us-east-1:123456789012:name"
  web_acl_id = "abcdefgh-12345678"
}
resource "aws_wafv2_rule_group" "v278" {
  capacity = 1
  scope = "CLOUDFRONT"
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name = "abcdefgh"
    sampled_requests_enabled = true
  }
}
resource "aws_wafv2_web_acl" "v279" {
  scope = "CLOUDFRONT"
  default_action {
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name = "abcdefgh"
    sampled_requests_enabled = true
  }
}
resource "aws_wafv2_web_acl_association" "v280" {
  resource_arn = "arn:aws:sns:us-east-1:123456789012:name"
  web_acl_arn = "arn:aws:sns:us-east-1:123456789012:name"
}
resource "aws_wafv2_web_acl_logging_configuration" "v281" {
  log_destination_configs = ["arn:aws:iam::123456789012:role/r"]
  resource_arn = "arn:aws:sns:us-east-1:123456789012:name"
}
resource "aws_workspaces_workspace" "v282" {
  bundle_id = "abcdefgh-12345678"
  directory_id = "abcdefgh-12345678"
  user_name = "abcdefgh"
}
resource "aws_acm_certificate" "v283" {
  domain_name = "abcdefgh"
  options {
  }
}
resource "aws_alb" "v284" {
  subnets = ["subnet-0123456789abcdef0"]
  access_logs {
    bucket = "abcdefgh"
  }
}
resource "aws_alb_listener" "v285" {
  load_balancer_arn = "arn:aws:sns:us-east-1:123456789012:name"
  default_action {
    target_group_arn = "arn:aws:sns:us-east-1:123456789012:name"
    type = "forward"
    redirect {
      status_code = "HTTP_301"
    }
  }
}
resource "aws_alb_target_group" "v286" {
  port = 1
  protocol = "HTTP"
  vpc_id = "vpc-0123456789abcdef0"
  health_check {
  }
}
resource "aws_ami" "v287" {
  name = "abcdefgh"
  ebs_block_device {
    device_name = "abcdefgh"
  }
}
resource "aws_api_gateway_method_settings" "v288" {
  method_path = "abcdefgh"
  rest_api_id = "abcdefgh-12345678"
  stage_name = "abcdefgh"
  settings {
  }
}
resource "aws_athena_workgroup" "v289" {
  name = "abcdefgh"
  configuration {
  }
}
resource "aws_cloudfront_distribution" "v290" {
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
resource "aws_cloudsearch_domain" "v291" {
  name = "abcdefgh"
  endpoint_options {
  }
}
resource "aws_cloudtrail" "v292" {
  name = "abcdefgh"
  s3_bucket_name = "abcdefgh"
  event_selector {
  }
}
resource "aws_codebuild_project" "v293" {
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
resource "aws_codebuild_project" "v294" {
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
resource "aws_codebuild_project" "v295" {
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
resource "aws_codebuild_project" "v296" {
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
resource "aws_codebuild_project" "v297" {
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
resource "aws_codebuild_project" "v298" {
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
resource "aws_codebuild_report_group" "v299" {
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
resource "aws_cognito_user_pool" "v300" {
  name = "abcdefgh"
  password_policy {
  }
}
resource "aws_config_configuration_aggregator" "v301" {
  name = "abcdefgh"
  account_aggregation_source {
    account_ids = ["123456789012"]
  }
}
resource "aws_config_configuration_aggregator" "v302" {
  name = "abcdefgh"
  organization_aggregation_source {
    role_arn = "arn:aws:iam::123456789012:role/r"
  }
}
resource "aws_config_configuration_recorder" "v303" {
  role_arn = "arn:aws:iam::123456789012:role/r"
  recording_group {
  }
}
resource "aws_dax_cluster" "v304" {
  cluster_name = "abcdefgh"
  iam_role_arn = "arn:aws:iam::123456789012:role/r"
  node_type = "t3.micro"
  replication_factor = 1
  server_side_encryption {
  }
}
resource "aws_dms_endpoint" "v305" {
  endpoint_id = "abcdefgh-12345678"
  endpoint_type = "source"
  engine_name = "aurora"
  mongodb_settings {
  }
}
resource "aws_dms_endpoint" "v306" {
  endpoint_id = "abcdefgh-12345678"
  endpoint_type = "source"
  engine_name = "aurora"
  redis_settings {
    auth_type = "none"
    port = 1
    server_name = "abcdefgh"
  }
}
resource "aws_dynamodb_table" "v307" {
  name = "abcdefgh"
  read_capacity = 1
  write_capacity = 1
  point_in_time_recovery {
    enabled = true
  }
}
resource "aws_dynamodb_table" "v308" {
  name = "abcdefgh"
  read_capacity = 1
  write_capacity = 1
  replica {
    region_name = "abcdefgh"
  }
}
resource "aws_dynamodb_table" "v309" {
  name = "abcdefgh"
  read_capacity = 1
  write_capacity = 1
  server_side_encryption {
    enabled = true
  }
}
resource "aws_ecr_repository" "v310" {
  name = "abcdefgh"
  encryption_configuration {
  }
}
resource "aws_ecr_repository" "v311" {
  name = "abcdefgh"
  image_scanning_configuration {
    scan_on_push = true
  }
}
resource "aws_ecs_cluster" "v312" {
  name = "abcdefgh"
  configuration {
    execute_command_configuration {
    }
  }
}
resource "aws_ecs_cluster" "v313" {
  name = "abcdefgh"
  configuration {
    execute_command_configuration {
      log_configuration {
      }
    }
  }
}
resource "aws_ecs_service" "v314" {
  name = "abcdefgh"
  network_configuration {
    subnets = ["subnet-0123456789abcdef0"]
  }
}
resource "aws_ecs_task_definition" "v315" {
  container_definitions = "[{\"name\":\"a\",\"image\":\"b\",\"memory\":128}]"
  family = "abcdefgh"
  volume {
    name = "abcdefgh"
    efs_volume_configuration {
      file_system_id = "abcdefgh-12345678"
    }
  }
}
resource "aws_efs_access_point" "v316" {
  file_system_id = "abcdefgh-12345678"
  root_directory {
  }
}
resource "aws_eks_cluster" "v317" {
  name = "abcdefgh"
  role_arn = "arn:aws:iam::123456789012:role/r"
  vpc_config {
    subnet_ids = ["subnet-0123456789abcdef0"]
  }
}
resource "aws_elasticsearch_domain" "v318" {
  domain_name = "abcdefgh"
  advanced_security_options {
    enabled = true
  }
}
resource "aws_elasticsearch_domain" "v319" {
  domain_name = "abcdefgh"
  cluster_config {
  }
}
resource "aws_elasticsearch_domain" "v320" {
  domain_name = "abcdefgh"
  domain_endpoint_options {
  }
}
resource "aws_elasticsearch_domain" "v321" {
  domain_name = "abcdefgh"
  encrypt_at_rest {
    enabled = true
  }
}
resource "aws_elasticsearch_domain" "v322" {
  domain_name = "abcdefgh"
  log_publishing_options {
    cloudwatch_log_group_arn = "arn:aws:sns:us-east-1:123456789012:name"
    log_type = "INDEX_SLOW_LOGS"
  }
}
resource "aws_elasticsearch_domain" "v323" {
  domain_name = "abcdefgh"
  node_to_node_encryption {
    enabled = true
  }
}
resource "aws_globalaccelerator_accelerator" "v324" {
  name = "abcdefgh"
  attributes {
  }
}
resource "aws_globalaccelerator_custom_routing_accelerator" "v325" {
  name = "abcdefgh"
  attributes {
  }
}
resource "aws_guardduty_detector" "v326" {
  datasources {
    s3_logs {
      enable = true
    }
  }
}
resource "aws_imagebuilder_image_recipe" "v327" {
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
resource "aws_instance" "v328" {
  ami = "abcdefgh"
  instance_type = "t3.micro"
  ebs_block_device {
    device_name = "abcdefgh"
  }
}
resource "aws_instance" "v329" {
  ami = "abcdefgh"
  instance_type = "t3.micro"
  metadata_options {
  }
}
resource "aws_instance" "v330" {
  ami = "abcdefgh"
  instance_type = "t3.micro"
  root_block_device {
  }
}
resource "aws_keyspaces_table" "v331" {
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
resource "aws_kinesis_firehose_delivery_stream" "v332" {
  destination = "extended_s3"
  name = "abcdefgh"
  extended_s3_configuration {
    bucket_arn = "arn:aws:sns:us-east-1:123456789012:name"
    role_arn = "arn:aws:iam::123456789012:role/r"
  }
  server_side_encryption {
  }
}
resource "aws_lambda_function" "v333" {
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
resource "aws_launch_configuration" "v334" {
  image_id = "abcdefgh-12345678"
  instance_type = "t3.micro"
  ebs_block_device {
    device_name = "abcdefgh"
  }
}
resource "aws_launch_configuration" "v335" {
  image_id = "abcdefgh-12345678"
  instance_type = "t3.micro"
  metadata_options {
  }
}
resource "aws_launch_configuration" "v336" {
  image_id = "abcdefgh-12345678"
  instance_type = "t3.micro"
  root_block_device {
  }
}
resource "aws_launch_template" "v337" {
  block_device_mappings {
    ebs {
    }
  }
}
resource "aws_launch_template" "v338" {
  metadata_options {
  }
}
resource "aws_lb" "v339" {
  subnets = ["subnet-0123456789abcdef0"]
  access_logs {
    bucket = "abcdefgh"
  }
}
resource "aws_lb_listener" "v340" {
  load_balancer_arn = "arn:aws:sns:us-east-1:123456789012:name"
  default_action {
    target_group_arn = "arn:aws:sns:us-east-1:123456789012:name"
    type = "forward"
    redirect {
      status_code = "HTTP_301"
    }
  }
}
resource "aws_lb_target_group" "v341" {
  port = 1
  protocol = "HTTP"
  vpc_id = "vpc-0123456789abcdef0"
  health_check {
  }
}
resource "aws_mq_broker" "v342" {
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
resource "aws_msk_cluster" "v343" {
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
resource "aws_msk_cluster" "v344" {
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
resource "aws_msk_cluster" "v345" {
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
resource "aws_msk_cluster" "v346" {
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
resource "aws_msk_cluster" "v347" {
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
resource "aws_mwaa_environment" "v348" {
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
resource "aws_mwaa_environment" "v349" {
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
resource "aws_mwaa_environment" "v350" {
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
resource "aws_opensearch_domain" "v351" {
  domain_name = "abcdefgh"
  advanced_security_options {
    enabled = true
  }
}
resource "aws_opensearch_domain" "v352" {
  domain_name = "abcdefgh"
  cluster_config {
  }
}
resource "aws_opensearch_domain" "v353" {
  domain_name = "abcdefgh"
  domain_endpoint_options {
  }
}
resource "aws_opensearch_domain" "v354" {
  domain_name = "abcdefgh"
  encrypt_at_rest {
    enabled = true
  }
}
resource "aws_opensearch_domain" "v355" {
  domain_name = "abcdefgh"
  log_publishing_options {
    cloudwatch_log_group_arn = "arn:aws:sns:us-east-1:123456789012:name"
    log_type = "INDEX_SLOW_LOGS"
  }
}
resource "aws_opensearch_domain" "v356" {
  domain_name = "abcdefgh"
  node_to_node_encryption {
    enabled = true
  }
}
resource "aws_s3_access_point" "v357" {
  bucket = "abcdefgh"
  name = "abcdefgh"
  public_access_block_configuration {
  }
}
resource "aws_s3_bucket" "v358" {
  versioning {
  }
}
resource "aws_s3_bucket_versioning" "v359" {
  bucket = "abcdefgh"
  versioning_configuration {
    status = "Enabled"
  }
}
resource "aws_ses_configuration_set" "v360" {
  name = "abcdefgh"
  delivery_options {
  }
}
resource "aws_sesv2_configuration_set" "v361" {
  configuration_set_name = "abcdefgh"
  delivery_options {
  }
}
resource "aws_sfn_state_machine" "v362" {
  definition = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role_arn = "arn:aws:iam::123456789012:role/r"
  logging_configuration {
  }
}
resource "aws_sfn_state_machine" "v363" {
  definition = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role_arn = "arn:aws:iam::123456789012:role/r"
  tracing_configuration {
  }
}
resource "aws_vpn_connection" "v364" {
  customer_gateway_id = "abcdefgh-12345678"
  type = "ipsec.1"
  tunnel1_log_options {
    cloudwatch_log_options {
    }
  }
}
resource "aws_vpn_connection" "v365" {
  customer_gateway_id = "abcdefgh-12345678"
  type = "ipsec.1"
  tunnel2_log_options {
    cloudwatch_log_options {
    }
  }
}
