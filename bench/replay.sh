#!/bin/sh
# Many saved plans: "replay" with one job and with one for each processor,
# beside "check" of all of them in one process and by xargs, one process a plan.
# Arguments: the build folder and the number of plans.  The memory of a tenth of
# them stands beside that of all.
set -eu
build=$1
count=$2
tool=$build/tfassay
measure=$build/measure
work=$build/replay-bench
jobs=$(getconf _NPROCESSORS_ONLN)

${CC:-cc} -std=c11 -D_DEFAULT_SOURCE -O2 -o "$measure" bench/measure.c
set -- $(sh bench/population.sh "$work" "$count")
plans=$1
bytes=$2
find "$work/plans" -name '*.json' | LC_ALL=C sort >"$work/list"
head -n "$((plans / 10))" "$work/list" >"$work/tenth"

# What plans come to is no failure of the command; that all of them are there is
# seen at the end.
any() {
	echo "$* 2>/dev/null || :"
}
run() {
	"$measure" 1 -- sh -c "$(any "$@")"
}
line() {
	name=$1
	of=$2
	shift 2
	run "$@" | awk -v name="$name" -v n="$of" '{
		printf "%-32s %8.1f s %8.0f plans/s %8.1f s %8.0f /s %8.1f MiB\n",
		    name, $1 / 1e3, n / $1 * 1e3, $3 / 1e3, n / $3 * 1e3,
		    $2 / 1024 }'
}
echo "$plans plans, $bytes bytes, $jobs processors"
printf '%-32s %10s %16s %10s %11s %12s\n' '' wall rate CPU rate 'peak RSS'
replay="$tool replay -q --no-config"
line 'replay, one job, a tenth' "$((plans / 10))" \
	"$replay -j1 -o $work/a.ndjson $work/tenth"
line 'replay, one job' "$plans" "$replay -j1 -o $work/a.ndjson $work/plans"
line "replay, $jobs jobs" "$plans" \
	"$replay -j$jobs -o $work/b.ndjson $work/plans"
line 'replay --resume, all there' "$plans" \
	"$replay -j$jobs --resume -o $work/b.ndjson $work/plans"
line 'xargs check, 200 a process' "$((plans / 10))" \
	"xargs -n 200 $tool check --no-config --format ndjson <$work/tenth"
line "xargs -P$jobs check, one a plan" "$((plans / 10))" \
	"xargs -n 1 -P$jobs $tool check --no-config --format ndjson <$work/tenth"
cmp "$work/a.ndjson" "$work/b.ndjson"
records=$(grep -c '^{"type":"plan"' "$work/a.ndjson")
echo "records: $records, $(wc -c <"$work/a.ndjson") bytes; both alike"
[ "$records" -eq "$plans" ]
rm -rf "$work"
