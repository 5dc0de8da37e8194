#!/bin/sh
# run.sh SRCDIR TARGET SECONDS: fuzzes one target from its corpus. New inputs are
# kept in ./tests/fuzz/found; a crash leaves its input there and fails.
set -eu
corpus=$1/tests/fuzz/corpus/$2
found=tests/fuzz/found/$2
mkdir -p "$found"
dict=$1/tests/fuzz/$2.dict
set -- "tests/fuzz/fuzz_$2" -max_total_time="$3" -timeout=5 -rss_limit_mb=1024 \
	-max_len=65536 -artifact_prefix="$found/" -print_final_stats=1 -verbosity=0
[ ! -f "$dict" ] || set -- "$@" -dict="$dict"
echo "fuzz: $1"
exec "$@" "$found" "$corpus"
