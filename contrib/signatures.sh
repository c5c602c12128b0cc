#!/bin/sh
# Sign a statement as docs/evidence.md says, with what is installed.  A signature
# must hold for it, and for nothing else.  Argument: the program.
set -eu
tool=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
statement=$folder/result.intoto.json
other=$folder/other.json

"$tool" check --all --no-builtin --policies testdata/evidence/policy.yaml \
	--format json -o "$folder/result.json" testdata/cli/passing.json
"$tool" attest -o "$statement" "$folder/result.json"
sed 's/PASSED/FAILED/' "$statement" >"$other"
cmp -s "$statement" "$other" && { echo 'signatures: nothing to tell apart'; exit 1; }

refused() {
	if "$@" >/dev/null 2>&1; then
		echo "signatures: a changed statement was taken: $1"
		exit 1
	fi
}

if command -v minisign >/dev/null; then
	minisign -G -W -p "$folder/k.pub" -s "$folder/k.key" >/dev/null
	minisign -S -s "$folder/k.key" -m "$statement" >/dev/null
	minisign -V -q -p "$folder/k.pub" -m "$statement"
	refused minisign -V -q -p "$folder/k.pub" -m "$other" \
		-x "$statement.minisig"
	echo 'signatures: minisign holds'
else
	echo 'signatures: skipped: minisign is missing'
fi
if command -v openssl >/dev/null; then
	openssl genpkey -algorithm ed25519 -out "$folder/k.pem"
	openssl pkey -in "$folder/k.pem" -pubout -out "$folder/p.pem"
	openssl pkeyutl -sign -inkey "$folder/k.pem" -rawin -in "$statement" \
		-out "$folder/sig"
	openssl pkeyutl -verify -pubin -inkey "$folder/p.pem" -rawin \
		-in "$statement" -sigfile "$folder/sig" >/dev/null
	refused openssl pkeyutl -verify -pubin -inkey "$folder/p.pem" -rawin \
		-in "$other" -sigfile "$folder/sig"
	echo 'signatures: openssl holds'
else
	echo 'signatures: skipped: openssl is missing'
fi
