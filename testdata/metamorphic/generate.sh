#!/bin/sh
# Plan every folder of hcl/ with the Terraform on this machine and write
# NAME.json.  Needs the aws provider in a mirror that TF_CLI_CONFIG_FILE names;
# neither account nor network.
set -eu
cd "$(dirname "$0")"
for folder in hcl/*/; do
	name=$(basename "$folder")
	work=$(mktemp -d)
	cp -R "$folder." "$work"
	(
		cd "$work"
		terraform init -input=false >/dev/null
		terraform plan -input=false -refresh=false -out=plan >/dev/null
		terraform show -json plan
	) >"$name.json"
	rm -rf "$work"
done
