#!/bin/sh
# A task of slurm.sh: the shard that its place in the array says.
parts=$1
shift
"${TFASSAY:-tfassay}" replay -q --resume --shard auto \
	-o "$parts/$SLURM_ARRAY_TASK_ID.ndjson" "$@"
# Statuses 1, 3 and 4 are about the plans, not about the run.
case $? in
0 | 1 | 3 | 4) exit 0 ;;
*) exit 2 ;;
esac
