#!/bin/sh
# Runs whose token ends on the way: between the request and the questions after it, between
# two steps, or so that no new one helps until somebody has signed in again. Otherwise it
# is renewed in silence; the run that waits says why, and goes on. Nothing is sent twice.
set -u

. "${AZ_SRCDIR:-.}/tests/sim/serve.sh"

# begin NAME ARGUMENT...: a run in the demo, at the same time as the others.
begin() {
	name=$1
	shift
	mkdir "$dir/$name"
	(
		export HOME="$dir/$name" XDG_STATE_HOME="$dir/$name" \
			XDG_DATA_HOME="$dir/$name" XDG_CONFIG_HOME="$dir/$name"
		"$deck" act run --demo --at 2026-03-11T10:20:30Z "$@" -o json \
			>"$dir/$name/out" 2>"$dir/$name/err"
		echo $? >"$dir/$name/code"
	) &
}
# ends NAME TEXT TIMES: it helped, and said so on the way.
ends() {
	check "$1: exit" "$(cat "$dir/$1/code")" 0
	check "$1: it helped" "$(grep -c '"outcome": "helped"' "$dir/$1/out")" 1
	check "$1: each was sent once" "$(grep '"sent"' "$dir/$1/out" | grep -vc ': 1,*$')" 0
	check "$1: it said" "$(grep -c "$2" "$dir/$1/err" | sed 's/^[1-9].*/1/')" "$3"
	[ "$failed" = 0 ] || sed "s/^/# /" "$dir/$1/err"
}

begin renewed sql-scale atlas-audit size=S3 --confirm atlas-audit \
	--speed 60 --fault 'revoked:*@20s-10m'
begin waits sql-scale atlas-audit size=S3 --confirm atlas-audit \
	--speed 60 --fault '401:*zureAsyncOperation*@0-150s'
begin by-the-clock dr-drill rp-atlas minutes=90 --confirm rp-atlas --speed 3000
wait
ends renewed 401 0
ends waits 'following.*sign in again' 1
ends by-the-clock 401 0
checked
