#!/bin/sh
# Joins on plans of 25,000, 50,000 and 100,000 resources, two in five of which
# take part: time and memory for each resource stay the same.  Argument: the
# build folder.
set -eu
build=$1
measure=$build/measure

if ! command -v python3 >/dev/null; then
	echo "joins: skipped: python3 is missing"
	exit 0
fi
${CC:-cc} -std=c11 -D_DEFAULT_SOURCE -O2 -o "$measure" bench/measure.c
printf '%9s %10s %12s %14s %14s\n' resources plan 'all joins' 'for each' \
	'peak RSS'
for count in 25000 50000 100000; do
	plan=$build/joins-$count.json
	[ -f "$plan" ] || python3 bench/joins.py "$count" >"$plan"
	"$measure" 5 -- "$build/tfassay" check --summary-only --no-builtin \
		--policies bench/joins.yaml --exit-zero "$plan" |
		awk -v n="$count" -v bytes="$(wc -c <"$plan")" '{ printf \
		    "%9d %6.1f MiB %9.1f ms %11.2f us %10.1f MiB\n", n,
		    bytes / 1048576, $1, $1 * 1000 / n, $2 / 1024 }'
done
