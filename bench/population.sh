#!/bin/sh
# Make a folder of COUNT saved plans of mixed sizes out of those below SOURCE: hard
# links, the larger ones more often.  Some cannot be judged, as in any archive.
# Arguments: FOLDER COUNT [SOURCE].  Prints plans and bytes.
set -eu
folder=$1
count=$2
source=${3:-testdata}
rm -rf "$folder"
mkdir -p "$folder/set"
n=0
plans() {
	find "$source" -name '*.json' -type f "$@" -exec \
		grep -l '"terraform_version"' {} + | LC_ALL=C sort
}
plans >"$folder/all"
plans -size +48k >>"$folder/all"
while read -r file; do
	n=$((n + 1))
	ln "$file" "$folder/set/$n.json" 2>/dev/null ||
		cp "$file" "$folder/set/$n.json"
done <"$folder/all"
copies=0
made=0
while [ "$made" -lt "$count" ]; do
	copies=$((copies + 1))
	year=$((2020 + copies % 7))
	mkdir -p "$folder/plans/$year"
	cp -rl "$folder/set" "$folder/plans/$year/$copies"
	made=$((made + n))
done
find "$folder/plans" -name '*.json' | LC_ALL=C sort |
	tail -n +"$((count + 1))" | xargs -r rm
rm -rf "$folder/set" "$folder/all"
find "$folder/plans" -name '*.json' -printf '%s\n' |
	awk '{ n++; bytes += $1 } END { printf "%d %.0f\n", n, bytes }'
