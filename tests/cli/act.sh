#!/bin/sh
# Plans from outside: what a plan says, which target is meant, what is refused and with
# which exit code.
set -u

. "${AZ_SRCDIR:-.}/tests/sim/serve.sh"

at="--demo --at 2026-03-11T10:20:30Z"
# run NAME CODE TEXT ARGUMENT...: the exit code, and a text in what it says.
run() {
	name=$1 code=$2 text=$3
	shift 3
	# shellcheck disable=SC2086
	"$deck" act "$@" $at >"$dir/out" 2>&1
	check "$name: exit" "$?" "$code"
	check "$name" "$(grep -cF -- "$text" "$dir/out" | sed 's/^[1-9].*/1/')" 1
}

run "what there is" 0 "sql-scale" list
run "before and after" 0 "size       S2 -> S3" plan sql-scale atlas-audit size=S3
check "the exact body" "$(grep -cF '{"sku":{"name":"S3"}}' "$dir/out")" 1
check "what it is bound to" "$(grep -cF 'size is "S2"' "$dir/out")" 1
check "how it is undone" "$(grep -cF 'undo       sql-scale size=S2' "$dir/out")" 1
check "whose it is" "$(grep -c '^touches *Atlas$' "$dir/out")" 1
run "a filter that leaves one" 0 "size       BC_Gen5_8 -> BC_Gen5_4" \
	plan sql-scale "atlas-orders server:weu" size=BC_Gen5_4
run "two of a name" 2 "2 rows of sql are meant" plan sql-scale atlas-orders size=S3
run "none of a name" 6 'no row of sql is "nothing"' plan sql-scale nothing size=S3
run "not for it" 5 "sql-scale is not for qodex-tenant-a" plan sql-scale qodex-tenant-a size=S3
run "nothing chosen" 2 "size: must be given" plan sql-scale atlas-audit
run "something unknown chosen" 2 'sql-scale takes no "colour"' \
	plan sql-scale atlas-audit size=S3 colour=red
run "one thing chosen twice" 2 "size: given twice" \
	plan sql-scale atlas-audit size=S3 size=S4
run "no such action" 6 "azdeck act list" plan nothing atlas-audit
run "no target" 2 "it takes an action, a target" plan sql-scale
run "another word" 2 "azdeck help act" launch
run "no right to read it" 4 "db: " plan sql-scale atlas-audit size=S3 \
	--fault "403:*/databases/atlas-audit"
# shellcheck disable=SC2086
timeout 3 "$deck" act plan sql-scale atlas-audit size=S3 $at --fault "hang:*/servers" \
	>"$dir/out" 2>&1
check "what is waited for, said once" \
	"$(grep -cxF 'azdeck: waiting for the board sql, in which "atlas-audit" is looked for' "$dir/out")" 1
checked
