#!/bin/sh
# Plan every folder of hcl/, or those that are named, with the Terraform on this
# machine and write NAME.json.  Needs the aws provider in a mirror that
# TF_CLI_CONFIG_FILE names; neither account nor network.
#
# usage: generate.sh [NAME...]
set -eu
cd "$(dirname "$0")"
[ $# -gt 0 ] || set -- $(cd hcl && ls -d */ | tr -d /)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for name in "$@"; do
	cp -R "hcl/$name" "$work"
	(
		cd "$work/$name"
		[ -f provider.tf ] || cp "$OLDPWD/hcl/provider.tf" .
		terraform init -input=false >/dev/null
		terraform plan -input=false -refresh=false -out=plan >/dev/null
		terraform show -json plan >"../$name.json"
		if [ -f targets ]; then
			terraform plan -input=false -refresh=false \
			    $(sed 's/^/-target=/' targets) -out=plan >/dev/null
			terraform show -json plan >"../$name-target.json"
		fi
	)
	mv "$work"/*.json .
done
