#!/bin/sh
# Compare expected/ with the second opinion on joins.  Needs Python with PyYAML;
# run from the repository root.  Prints what differs.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
for expected in testdata/joins/expected/*.tsv; do
	name=$(basename "$expected" .tsv)
	python3 testdata/oracle/joins.py testdata/joins/controls.yaml policies \
	    "testdata/joins/$name.json" >"$work/all"
	awk -F '\t' 'NR == FNR { named[$1]; next }
	    ($1 in named) && $3 != "not applicable"' "$expected" "$work/all" |
	    LC_ALL=C sort >"$work/oracle"
	LC_ALL=C sort "$expected" >"$work/hand"
	diff "$work/hand" "$work/oracle" || { echo "$name differs"; status=1; }
done
exit $status
