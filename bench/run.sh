#!/bin/sh
# The tool beside "wc -l" on the same plan, best of five, warm cache.  Argument:
# the build folder.  BENCH_PLAN=FILE, or a generated plan of BENCH_SIZE (100M)
# where the generator is at hand.  Times depend on the machine; ratios less so.
set -eu
build=$1
tool=$build/tfassay
measure=$build/measure
size=${BENCH_SIZE:-100M}
plan=${BENCH_PLAN:-$build/bench-$size.json}
generator=${BENCH_GENERATOR:-../shared/tools/genplan.py}

${CC:-cc} -std=c11 -D_XOPEN_SOURCE=700 -O2 -o "$measure" bench/measure.c

if [ ! -f "$plan" ]; then
	if [ ! -f "$generator" ]; then
		echo "bench: skipped: no plan; give one with BENCH_PLAN=FILE"
		exit 0
	fi
	echo "bench: generating $plan"
	python3 "$generator" --size "$size" --seed 7 \
		--share aws_ecr_repository=5 -o "$plan" 2>/dev/null
fi

row() {
	name=$1
	shift
	result=$("$measure" 5 "$@") || exit 1
	# shellcheck disable=SC2086
	set -- $result
	awk -v name="$name" -v ms="$1" -v kib="$2" -v base="${base:-$1}" \
		-v bytes="$bytes" 'BEGIN {
		printf "%-34s %9.1f ms %7.2f GB/s %6.2f x %8.1f MiB\n", name, ms,
		    bytes / ms / 1e6, ms / base, kib / 1024 }'
	base=${base:-$1}
}

bytes=$(wc -c <"$plan")
echo "plan: $plan, $bytes bytes, best of 5"
printf '%-34s %12s %12s %8s %12s\n' command wall rate 'to wc' 'peak RSS'
base=
row 'wc -l' wc -l "$plan"
row 'tfassay check' "$tool" check --summary-only "$plan"
row 'tfassay check, pipe' \
	sh -c "cat '$plan' | '$tool' check --summary-only -"
row 'tfassay check, json' "$tool" check --format json "$plan"
row 'tfassay check, one control' "$tool" check --summary-only \
	--control ecr_repository_image_scan_on_push_enabled "$plan"
