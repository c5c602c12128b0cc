#!/bin/sh
# Write the named files as the C arrays that src/policy/builtin.h declares.
set -eu
echo '#include "policy/builtin.h"'
n=0
for file in "$@"; do
	echo "static const unsigned char file_$n[] = {"
	od -An -v -tx1 "$file" | sed 's/ \([0-9a-f][0-9a-f]\)/0x\1,/g'
	echo '0};'
	n=$((n + 1))
done
echo 'const struct builtin_file builtin_files[] = {'
n=0
for file in "$@"; do
	echo "	{\"$file\", file_$n, sizeof(file_$n) - 1},"
	n=$((n + 1))
done
echo '	{0, 0, 0},'
echo '};'
