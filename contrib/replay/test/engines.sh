#!/bin/sh
# One digest from one process, GNU parallel over ssh to two hosts, a Slurm array
# on two nodes and Spark on a cluster of two workers, each started here and on
# this machine alone.  An engine that is not installed is skipped.  Arguments:
# the build folder and the number of plans.  TMPDIR says where it works; PYTHON
# which Python has pyspark.
set -eu
tool=$(cd "$1" && pwd)/tfassay
count=$2
work=$(mktemp -d "${TMPDIR:-/tmp}/tfassay-engines-XXXXXX")
contrib=$(pwd)/contrib/replay
started=
stop() {
	for pid in $started; do
		kill "$pid" 2>/dev/null || true
	done
	for pid in $started; do
		wait "$pid" 2>/dev/null || true
	done
	rm -rf "$work"
}
trap stop EXIT
trap 'exit 1' INT TERM
. contrib/replay/test/common.sh
unset $(env | sed -n "s/^\(SLURM_[A-Z_]*\)=.*/\1/p")
export TFASSAY="$tool" TFASSAY_NO_CONFIG=1

has() {
	for needed; do
		PATH=$PATH:/usr/sbin command -v "$needed" >/dev/null && continue
		echo "$engine: skipped: $needed is missing"
		return 1
	done
}

same() {
	[ "$1" = "$digest" ] || {
		echo "$engine: digest $1, not $digest"
		exit 1
	}
	echo "$engine: the same digest"
}

sh bench/population.sh "$work/population" "$count" >"$work/count"
plans=$work/population/plans
engine='one process'
replay -j1 -o "$work/one.ndjson" "$plans"
digest=$(digest_of "$work/one.ndjson")
echo "$engine: $count plans, digest $digest"

for script in parallel slurm spark; do
	engine=$script
	. "contrib/replay/test/$script.sh"
done
