#!/bin/sh
# The last job of slurm.sh.  Arguments: OUT SHARDS.
out=$1
shards=$2
"${TFASSAY:-tfassay}" merge -o "$out" $(seq -f "$out.parts/%g.ndjson" "$shards")
case $? in
0 | 1 | 3 | 4) exit 0 ;;
*) exit 2 ;;
esac
