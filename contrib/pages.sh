#!/bin/sh
# The list of the pages of controls in a folder, from their own first lines.
set -eu
LC_ALL=C
export LC_ALL
cat <<'END'
# Controls

One page a service, written by `make pages` from `policies/aws/`: for each control why, how to fix it, what an omitted attribute means, in which
profiles it blocks ([profiles.md](../profiles.md)), which frameworks it serves and what other tools call it. `tfassay explain ID` prints the same with the conditions and tests.

| page | controls |
|---|---|
END
for page in "$1"/*.md; do
	name=$(basename "$page")
	[ "$name" = README.md ] && continue
	count=$(sed -n 's/^\([0-9]*\) controls\{0,1\}, version .*/\1/p' "$page")
	echo "| [${name%.md}]($name) | $count |"
done
