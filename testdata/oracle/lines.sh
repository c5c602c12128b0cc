#!/bin/sh
# Write testdata/source/lines.tsv again.  Needs Python with python-hcl2; run from
# the repository root.
set -eu
set --
for name in container-platform data-platform network-hub; do
	set -- "$@" "$name=testdata/plans/stacks/$name.json=testdata/source/$name"
done
for plan in testdata/metamorphic/*.json; do
	name=$(basename "$plan" .json)
	[ -d "testdata/metamorphic/hcl/$name" ] || continue
	set -- "$@" "$name=$plan=testdata/metamorphic/hcl/$name"
done
python3 testdata/oracle/lines.py "$@" >testdata/source/lines.tsv
