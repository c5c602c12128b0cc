#!/bin/sh
# Fixtures of a sample of resources below a folder of plans: each must be judged
# as its plan is.  Arguments: the tool, the folder, how many of each plan.
set -eu
tool=$1 folder=$2 most=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
made=0 refused=0 wrong=0

# Verdicts on the address $2 in the result $1.
verdicts() {
	jq -c --arg address "$2" '.findings[] | select(.address == $address) |
		[.control, .verdict, .change, .reason]' "$1"
}

# Up to so many addresses, evenly spread.
sample() {
	jq -r --argjson most "$2" '
		[.resource_changes[]? | select(.deposed | not) | .address] as $all |
		(($all | length) / $most | ceil) as $step |
		range(0; $all | length; [$step, 1] | max) | $all[.]' "$1"
}

find -L "$folder" -name '*.json' | LC_ALL=C sort >"$work/plans"
while IFS= read -r plan; do
	sample "$plan" "$most" >"$work/addresses" 2>/dev/null || continue
	[ -s "$work/addresses" ] || continue
	"$tool" check --all --exit-zero --format json "$plan" \
		>"$work/whole.json" 2>/dev/null || continue
	while IFS= read -r address; do
		if ! "$tool" fixture -o "$work/fixture.json" "$plan" \
			"$address" 2>"$work/error"; then
			refused=$((refused + 1))
			echo "$plan: $address: $(head -n 1 "$work/error")"
			continue
		fi
		made=$((made + 1))
		"$tool" check --all --exit-zero --format json \
			"$work/fixture.json" >"$work/cut.json" || :
		verdicts "$work/whole.json" "$address" >"$work/a"
		verdicts "$work/cut.json" "$address" >"$work/b"
		cmp -s "$work/a" "$work/b" && continue
		wrong=$((wrong + 1))
		echo "$plan: $address: judged otherwise"
	done <"$work/addresses"
done <"$work/plans"
echo "$made fixtures, $refused refused, $wrong judged otherwise"
[ "$wrong" -eq 0 ] && [ "$refused" -eq 0 ]
