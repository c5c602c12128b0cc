#!/bin/sh
# Write testdata/oracle/expected/: the second opinion on the plans that the tests
# read.  Needs Python with PyYAML; run from the repository root, and read the
# difference like code.
set -eu
for plan in testdata/plans/lifecycle/*.json testdata/plans/format/*.json \
    testdata/plans/stacks/*.json; do
	name=${plan#testdata/plans/}
	out=testdata/oracle/expected/${name%.json}.tsv
	if python3 testdata/oracle/joins.py policies policies "$plan" >"$out.all" 2>/dev/null &&
	    grep -q '"resource_changes"\|"planned_values"' "$plan"; then
		grep -v '	not applicable	' "$out.all" >"$out" || :
	fi
	rm -f "$out.all"
done
