#!/bin/sh
# Run fuzz targets one after the other.  Arguments: build folder, seconds for
# each, targets.  Seeds are testdata/corpus/<name>/, and what lies around of the
# kind.
set -eu
build=$1
seconds=$2
shift 2
failed=0

folders() {
	case $1 in
	fuzz_plan) echo testdata/cli testdata/plans ;;
	fuzz_hcl) echo testdata/source testdata/metamorphic/hcl ;;
	fuzz_waiver) echo testdata/waivers ;;
	fuzz_result) echo testdata/cases/check-ndjson testdata/cases/check-mixed-json ;;
	fuzz_policy) echo testdata/invalid/policies policies ;;
	esac
}

for target in "$@"; do
	name=$(basename "$target")
	corpus=$build/corpus/$name
	mkdir -p "$corpus"
	seeds=
	for folder in "testdata/corpus/${name#fuzz_}" $(folders "$name"); do
		[ -d "$folder" ] && seeds="$seeds $folder"
	done
	echo "fuzz: $name for $seconds seconds"
	# shellcheck disable=SC2086
	"$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 \
		-max_len=65536 -print_final_stats=1 -verbosity=0 \
		-artifact_prefix="$build/" "$corpus" $seeds \
		>"$build/$name.log" 2>&1 || failed=1
	grep -aE 'stat::(number|average|new)|ERROR|SUMMARY|Test unit' \
		"$build/$name.log" || true
	if [ "$failed" -ne 0 ]; then
		echo "fuzz: $name found something: see $build/$name.log"
		exit 1
	fi
done
