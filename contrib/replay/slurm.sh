#!/bin/sh
# A replay as a Slurm array, and a job that merges behind it.  Arguments: OUT
# SHARDS PLANS and options of "tfassay replay"; options of sbatch are in
# SBATCH_OPTIONS.  OUT, PLANS and policies are on a file system that all nodes
# see.  A task that is killed or requeued goes on where it was.  Waits for the
# merge.
set -eu
out=$1
shards=$2
shift 2
parts=$out.parts
here=$(dirname "$0")
mkdir -p "$parts"
array=$(sbatch --parsable ${SBATCH_OPTIONS:-} --job-name=replay \
	--array="1-$shards" --output="$parts/%a.log" --open-mode=append \
	"$here/slurm-task.sh" "$parts" "$@")
sbatch --parsable ${SBATCH_OPTIONS:-} --job-name=merge --wait \
	--dependency="afterok:$array" --kill-on-invalid-dep=yes \
	--output="$parts/merge.log" "$here/slurm-merge.sh" "$out" "$shards"
