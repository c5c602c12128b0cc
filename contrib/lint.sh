#!/bin/sh
# clang-tidy and cppcheck over the sources.  Arguments: the compiler's flags in
# one word, then the files.  A tool that is missing is counted as skipped.
set -u
flags=$1
shift
failed=0
skipped=0

if command -v clang-tidy >/dev/null; then
	checks='-*,bugprone-*,clang-analyzer-*'
	checks="$checks,-bugprone-easily-swappable-parameters"
	checks="$checks,-bugprone-assignment-in-if-condition"
	checks="$checks,-bugprone-narrowing-conversions"
	checks="$checks,-bugprone-implicit-widening-of-multiplication-result"
	# Arrays of pointers are meant.
	checks="$checks,-bugprone-sizeof-expression"
	checks="$checks,-clang-analyzer-optin.performance.Padding"
	# It flags every memcpy and snprintf.
	checks="$checks,-clang-analyzer-security.insecureAPI.Deprecated*"
	# One file a run: the va_list checker mixes up several.
	# shellcheck disable=SC2086
	printf '%s\n' "$@" | xargs -I '{}' clang-tidy --quiet \
		--warnings-as-errors='*' --checks="$checks" '{}' -- $flags \
		2>/dev/null || failed=$((failed + 1))
else
	echo 'lint: skipped: clang-tidy is missing'
	skipped=$((skipped + 1))
fi

if command -v cppcheck >/dev/null; then
	cppcheck -q --std=c11 --error-exitcode=1 --inline-suppr \
		--enable=warning,performance,portability \
		--suppress=missingIncludeSystem -D__GNUC__ -Isrc -Iinclude "$@" ||
		failed=$((failed + 1))
else
	echo 'lint: skipped: cppcheck is missing'
	skipped=$((skipped + 1))
fi

echo "lint: $# files, $failed of 2 tools complain, $skipped skipped"
[ "$failed" -eq 0 ]
