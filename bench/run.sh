#!/bin/sh
# The tool beside "wc -l" on the same plan: commands in turn, best of
# BENCH_TIMES (9), warm cache.  Argument: the build folder.  BENCH_PLAN=FILE, or
# a generated plan of BENCH_SIZE (100M) where the generator is at hand.  Times
# depend on the machine and on what else it does; ratios less so.
set -eu
build=$1
tool=$build/tfassay
measure=$build/measure
size=${BENCH_SIZE:-100M}
times=${BENCH_TIMES:-9}
plan=${BENCH_PLAN:-$build/bench-$size.json}
generator=${BENCH_GENERATOR:-../shared/tools/genplan.py}
one=ecr_repository_image_scan_on_push_enabled

${CC:-cc} -std=c11 -D_DEFAULT_SOURCE -O2 -o "$measure" bench/measure.c

if [ ! -f "$plan" ]; then
	if [ ! -f "$generator" ]; then
		echo "bench: skipped: no plan; give one with BENCH_PLAN=FILE"
		exit 0
	fi
	echo "bench: generating $plan"
	python3 "$generator" --size "$size" --seed 7 \
		--share aws_ecr_repository=5 -o "$plan" 2>/dev/null
fi

# They are kept until the last byte has been read.
findings() {
	"$tool" check --format ndjson "$@" "$plan" |
		grep -c '"type": *"finding"' || true
}

bytes=$(wc -c <"$plan")
all=$(findings)
single=$(findings --control $one)
echo "plan: $plan, $bytes bytes, best of $times"
printf '%-22s %12s %12s %10s %12s %10s %10s\n' command wall rate 'to wc -l' \
	'peak RSS' 'to 8 MiB' findings
"$measure" "$times" -- wc -l "$plan" \
	-- "$tool" check --summary-only "$plan" \
	-- "$tool" check --summary-only --control $one "$plan" \
	-- sh -c "cat '$plan' | '$tool' check --summary-only -" \
	-- "$tool" check --format json "$plan" |
	awk -v bytes="$bytes" -v all="$all" -v one="$single" '
	BEGIN {
		names[1] = "wc -l"
		names[2] = "every control"
		names[3] = "one control"
		names[4] = "every control, pipe"
		names[5] = "every control, json"
	}
	NR == 1 { base = $1 }
	{
		printf "%-22s %9.1f ms %7.2f GB/s %8.2f x %8.1f MiB" \
		    " %8.2f x %10d\n", names[NR], $1, bytes / $1 / 1e6,
		    $1 / base, $2 / 1024, $2 / 8192,
		    NR == 1 ? 0 : NR == 3 ? one : all
	}'
