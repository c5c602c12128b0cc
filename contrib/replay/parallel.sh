#!/bin/sh
# A replay on several hosts by GNU parallel over ssh.  Arguments: OUT SHARDS
# HOSTS PLANS and options of "tfassay replay"; HOSTS as for parallel -S, such as
# 4/one,4/two.  Hosts need the program, PLANS and policies under the same names;
# results come back over ssh.  Run it again after a failure: shards that are
# there already are kept.
set -eu
out=$1
shards=$2
hosts=$3
shift 3
tool=${TFASSAY:-tfassay}
parts=$out.parts
mkdir -p "$parts"

# Statuses 1, 3 and 4 are about the plans, not about the run.
task='tool=$1; shift; "$tool" replay -q "$@"
case $? in 0 | 1 | 3 | 4) ;; *) exit 2 ;; esac'

seq "$shards" | parallel --quote --no-notice \
	${PARALLEL_SSH:+--ssh "$PARALLEL_SSH"} -S "$hosts" --joblog "$parts/log" --resume-failed \
	--results "$parts/{}.ndjson" \
	sh -c "$task" task "$tool" --shard "{}/$shards" "$@" >/dev/null
"$tool" merge -o "$out" $(seq -f "$parts/%g.ndjson" "$shards") || case $? in
1 | 3 | 4) ;;
*) exit 2 ;;
esac
