#!/bin/sh
# Holds what the simulator answers, and what our boards ask of it, against Azure's
# published interface: tests/sim/exchanges writes the exchanges, arm-conformance
# judges them. Skips (77) when that tool or its oav is not there.
# AZ_ARM_CONFORMANCE names the tool's folder, AZ_ARM_SPECS the folder with the
# specifications, AZ_KEEP a file that keeps the exchanges of a failure.
set -eu

srcdir=${AZ_SRCDIR:-.}
builddir=${AZ_BUILDDIR:-.}
tool=${AZ_ARM_CONFORMANCE:-$srcdir/../shared/tools/arm-conformance}
specs=${AZ_ARM_SPECS:-$srcdir/../shared/specs}

skip() {
	echo "1..0 # SKIP $1"
	exit 77
}
command -v node >/dev/null || skip "node is not installed"
[ -f "$tool/arm-conformance.js" ] || skip "arm-conformance is not there"
[ -d "$tool/node_modules/oav" ] || skip "npm package oav is not installed"
[ -d "$specs" ] || skip "the published specifications are not there"

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
fail() {
	sed 's/^/# /' "$dir/report"
	[ -z "${AZ_KEEP:-}" ] || cp "$dir/exchanges.jsonl" "$AZ_KEEP"
	echo "not ok 1 - $1"
	exit 1
}

echo "1..1"
"$builddir/tests/sim/exchanges" >"$dir/exchanges.jsonl" 2>"$dir/report" ||
	fail "the exchanges are written"
total=$(wc -l <"$dir/exchanges.jsonl")
[ "$total" -ge 500 ] || fail "only $total exchanges were written"
node "$tool/arm-conformance.js" --specs "$specs" --quiet "$dir/exchanges.jsonl" \
	>"$dir/report" 2>&1 || fail "the exchanges conform"
# Said by the tool itself: that many were judged, and none failed.
[ "$(tail -n 1 "$dir/report")" = "$total passed, 0 failed" ] ||
	fail "all $total exchanges are judged"
echo "ok 1 - $total exchanges conform"
