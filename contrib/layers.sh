#!/bin/sh
# Fail on an include that goes up: a file may include its own folder and those
# named before it.  Arguments: the folders of src/, lowest first; the last one,
# the tool, knows only itself and the public header.
set -eu
find src -name '*.[ch]' | LC_ALL=C sort | xargs awk -v layers="$*" '
BEGIN {
	count = split(layers, name, " ")
	for (i = 1; i <= count; i++)
		rank[name[i]] = i
	top = name[count]
}
FNR == 1 {
	split(FILENAME, part, "/")
	own = part[2]
	files++
}
/^#[ \t]*include "/ {
	split($0, quoted, "\"")
	target = quoted[2]
	if (target == "tfassay.h" || own == "test" || own == "fuzz" ||
	    own == "embed")
		next
	sub(/\/.*/, "", target)
	if (!(target in rank) || rank[target] > rank[own] ||
	    (own == top && target != top)) {
		printf "%s:%d: %s may not include %s\n", FILENAME, FNR, own,
		    quoted[2]
		bad = 1
	}
}
END {
	if (!bad)
		printf "layers: %d files, no include goes up\n", files
	exit bad
}'
