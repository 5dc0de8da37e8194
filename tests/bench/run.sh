#!/bin/sh
# run.sh SRCDIR BUILDDIR BENCH... : every bench in turn, then the whole program
# against its budgets. Compare figures of one run only: machines differ.
set -eu
src=$1 build=$2
shift 2
export AZ_SRCDIR="$src" AZ_BUILDDIR="$build" LC_ALL=C.UTF-8 TZ=UTC
for bench in "$@"; do
	echo "== $bench"
	"$build/$bench"
done
for script in "$src"/tests/bench/*_vs_peers.sh "$src"/tests/bench/deck.sh; do
	[ -f "$script" ] || continue
	echo "== ${script#"$src"/}"
	sh "$script"
done
