#!/bin/sh
# What can come back instead of an answer to the request that changes something: refused,
# put off for a while or for good, broken, not arrived, or done without a word of it. The
# run ends as the exit code says, the request was sent so often and not more, and a plan
# that had to do without something says so.
set -u

. "${AZ_SRCDIR:-.}/tests/sim/serve.sh"

# begin NAME FAULT: a machine is switched off in the demo, at the same time as the others.
begin() {
	mkdir "$dir/$1"
	HOME="$dir/$1" XDG_STATE_HOME="$dir/$1" XDG_DATA_HOME="$dir/$1" "$deck" act run \
		--demo --at 2026-03-11T10:20:30Z --speed 100 --fault "$2" \
		vm-deallocate vm-atlas-app-01 --confirm vm-atlas-app-01 -o json \
		>"$dir/$1/out" 2>"$dir/$1/err" &
	echo $! >"$dir/$1/pid"
}
# ends NAME CODE OUTCOME SENT TEXT
ends() {
	wait "$(cat "$dir/$1/pid")"
	check "$1: exit" "$?" "$2"
	check "$1: outcome" "$(sed -n 's/^  "outcome": "\(.*\)".*/\1/p' "$dir/$1/out")" "$3"
	check "$1: sent" "$(grep -c "^      \"sent\": $4,*\$" "$dir/$1/out")" 1
	check "$1: says" "$(grep -c -- "$5" "$dir/$1/out" | sed 's/^[1-9].*/1/')" 1
	[ "$failed" = 0 ] || sed "s/^/# /" "$dir/$1/err"
}

begin conflict '409:*/deallocate'
begin changed '412:*/deallocate'
begin put-off '429-short:*/deallocate@0-70s'
begin put-off-for-good '429-short:*/deallocate'
begin broken '500:*/deallocate'
begin unavailable '503:*/deallocate'
begin gateway '504:*/deallocate'
begin not-arrived 'drop:*/deallocate'
begin lost 'lost:*/deallocate'
begin lost-questions '500:*/operations/*@0-70s'
"$deck" act plan --demo --at 2026-03-11T10:20:30Z sql-scale atlas-audit size=S3 \
	--fault 'junk:*metrics*' >"$dir/plan"
check "a plan that had to do without" "$?" 0
check "says so" "$(grep -c "the board sql is not all there" "$dir/plan")" 1

ends conflict 5 failed 1 "AnotherOperationInProgress"
ends changed 5 failed 1 "PreconditionFailed"
# Under a sanitizer the fault may be over before the run begins.
least=2
[ -z "${AZ_VARIANT:-}" ] || least=1
ends put-off 0 helped "[$least-5]" '"why": ""'
ends put-off-for-good 5 failed 6 "throttled"
ends broken 7 unknown 1 "nothing shows that it was done"
ends unavailable 7 unknown 1 "nothing shows that it was done"
ends gateway 7 unknown 1 "nothing shows that it was done"
ends not-arrived 7 unknown 1 "nothing shows that it was done"
ends lost 0 helped 1 '"why": ""'
ends lost-questions 0 helped 1 '"why": ""'
checked
