#!/bin/sh
# Plan hcl/ with the Terraform on this machine and write plan.json.  Needs the
# aws provider in a mirror that TF_CLI_CONFIG_FILE names; no account, no network.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R hcl "$work"
cd "$work/hcl"
terraform init -input=false >/dev/null
terraform plan -input=false -refresh=false -out=plan >/dev/null
terraform show -json plan >"$OLDPWD/plan.json"
