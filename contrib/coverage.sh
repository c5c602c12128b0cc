#!/bin/sh
# Lines and branches that ran, by folder, from gcov alone.  Argument: the build
# folder of MODE=cov.
set -eu
find "$1" -name '*.gcda' ! -path '*/test/*' | LC_ALL=C sort |
	xargs gcov -n -b 2>/dev/null | awk '
/^File / {
	keep = match($0, /src\/[a-z]+\/[a-z_]+\.c/)
	split(substr($0, RSTART, RLENGTH), part, "/")
	folder = part[2]
}
keep && /^(Lines|Branches) executed:/ {
	split($0, piece, /[:% ]+/)
	total[folder, $1] += piece[5]
	ran[folder, $1] += piece[3] / 100 * piece[5]
	folders[folder] = 1
	if ($1 == "Branches")
		keep = 0
}
function share(folder, what) {
	if (total[folder, what] == 0)
		return 0
	return 100 * ran[folder, what] / total[folder, what]
}
END {
	for (f in folders)
		printf "%-8s lines %5.1f %% of %5d, branches %5.1f %% of %5d\n",
		    f, share(f, "Lines"), total[f, "Lines"],
		    share(f, "Branches"), total[f, "Branches"]
}' | LC_ALL=C sort
