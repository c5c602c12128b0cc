#!/bin/sh
# Is a result the same when its process is killed?  Two shards of a replay are
# each killed with SIGKILL at random points and resumed, again and again, then
# merged; one process gives what they are compared with.  Arguments: the build
# folder, the number of plans and of kills.  TMPDIR says where it works.
set -eu
tool=$1/tfassay
count=$2
kills=$3
work=$(mktemp -d "${TMPDIR:-/tmp}/tfassay-kill-XXXXXX")
trap 'rm -rf "$work"' EXIT
. contrib/replay/test/common.sh

sh bench/population.sh "$work/population" "$count" >"$work/count"
plans=$work/population/plans

begin=$(now)
replay -j2 -o "$work/whole.ndjson" "$plans"
took=$(($(now) - begin))

# Milliseconds after which to kill: within what is left of a shard.
points() {
	awk -v n="$kills" -v most="$took" -v seed="$(date +%s)" 'BEGIN {
		srand(seed)
		for (i = 0; i < n; i++)
			printf "%.3f\n", rand() * most / 3000
	}'
}

killed=0
for shard in 1 2; do
	part=$work/part$shard.ndjson
	for seconds in $(points); do
		"$tool" replay -q --no-config -j2 --resume --shard $shard/2 \
			-o "$part" "$plans" &
		sleep "$seconds"
		kill -9 $! 2>/dev/null && killed=$((killed + 1))
		wait $! 2>/dev/null || true
		# A whole result ends the matter: the next run begins again.
		if [ -e "$part" ]; then
			cp "$part" "$work/once$shard.ndjson"
			head -c "$(($(wc -c <"$part") / 2))" "$part" \
				>"$part.partial"
			rm "$part"
		fi
	done
	replay --resume --shard $shard/2 -o "$part" "$plans"
	if [ -e "$work/once$shard.ndjson" ]; then
		cmp "$part" "$work/once$shard.ndjson"
	fi
done
merge -o "$work/merged.ndjson" "$work"/part?.ndjson
cmp "$work/whole.ndjson" "$work/merged.ndjson"
records=$(grep -c '^{"type":"plan"' "$work/merged.ndjson")
[ "$records" -eq "$count" ]
echo "replay-kill: $count plans, $killed kills, $records records, one result"
