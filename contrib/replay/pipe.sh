#!/bin/sh
# Paths of plans on standard input, lines of a replay on standard output: what
# engines want that pipe lines through a program (Spark, Hadoop streaming,
# parallel --pipe).  No paths give no lines.  Arguments: options of "tfassay
# replay", such as --root DIR.
IFS= read -r first || exit 0
{ printf '%s\n' "$first" && cat; } |
	"${TFASSAY:-tfassay}" replay -q --jobs 1 "$@" -
# Statuses 1, 3 and 4 are about the plans, not about the run.
case $? in
0 | 1 | 3 | 4) exit 0 ;;
*) exit 2 ;;
esac
