#!/bin/sh
# kill -9 of azdeck itself (tests/e2e/cuts.c) at 50 points, from its start to the end of a
# change: before, within and behind its writes, and around its requests. Another one goes
# on, as a person would. By the simulator's own log nothing was sent twice, and nothing is
# lost: the change came to its end, or it was never there. The audit log is sound each
# time. Fewer points where a sanitizer makes each start slow; AZ_CUTS says how many.
set -u

[ "${AZ_VARIANT:-}" != tsan ] || {
	echo "1..0 # SKIP points are counted on all threads, without a lock"
	exit 77
}
. "${AZ_SRCDIR:-.}/tests/sim/serve.sh"

speed=200
# 2026-03-11, 10:20:30
serve sim --speed $speed --at 2026-03-11T10:20:30Z --log "$dir/requests"
epoch=$(date +%s)
cut=${AZ_BUILDDIR:-.}/tests/e2e/azdeck_cut
cuts=50
[ -z "${AZ_VARIANT:-}" ] || cuts=6
cuts=${AZ_CUTS:-$cuts}

# person FOLDER
person() {
	export HOME="$1" XDG_STATE_HOME="$1/state" XDG_DATA_HOME="$1/data" \
		XDG_CONFIG_HOME="$1/config" USER=ann
	mkdir -p "$1/config/azdeck"
	echo "{\"connections\":[{\"name\":\"azure\",\"kind\":\"arm\",\"base\":\"$url\"," \
		"\"credential\":\"sim\"}],\"credentials\":{\"sim\":{\"method\":\"sim\"," \
		"\"url\":\"$url\"}}}" >"$1/config/azdeck/config.json"
}
# act POINT ARGUMENT...
act() {
	AZ_CUT="$1 $epoch $speed"
	shift
	AZ_CUT="$AZ_CUT" "$cut" act "$@"
}
sent() { grep -c " PATCH 2.*/databases/$1?" "$dir/requests"; }

# What a person does with what is there, until it is over. Sets what came of it.
go_on() { # DATABASE
	act -1 show >"$HOME/shown" 2>"$HOME/err"
	read -r id state rest <"$HOME/shown" || state=none
	[ "$state" != proposed ] || act -1 approve "$id" --confirm "$1" >/dev/null 2>&1
	case $state in
	proposed | approved | running | following | checking)
		act -1 run "$id" >"$HOME/out" 2>&1
		state=$(sed -n 's/^outcome  *\([a-z-]*\):.*/\1/p' "$HOME/out")
		;;
	esac
}

# try POINT DATABASE SIZE: one that is killed there. Says what is wrong with it.
try() {
	before=$(sent "$2")
	person "$dir/$2-$1"
	act "$1" run sql-scale "$2" "size=$3" --confirm "$2" >"$HOME/first" 2>&1
	[ $? = 137 ] || echo "$1 $2: it was not killed"
	go_on "$2"
	n=$(($(sent "$2") - before))
	case "$state $n" in
	"helped 1" | "none 0" | "unknown 0") ;;
	"helped 0") # it was never there before, and has that size already
		grep -q "was-so" "$HOME/out" || echo "$1 $2: nothing was sent" ;;
	*) echo "$1 $2: $state, sent $n times: $(tail -n 3 "$HOME/out" 2>&1)" ;;
	esac
	[ "$state" = none ] || "$deck" audit verify >"$HOME/verified" 2>&1 ||
		echo "$1 $2: $(cat "$HOME/verified")"
	requests=$("$deck" audit show --kind request 2>/dev/null | wc -l)
	[ "$requests" -ge "$n" ] || echo "$1 $2: sent, and not in the audit log"
	echo "$state" >>"$dir/states"
}

person "$dir/whole"
act -1 run sql-scale atlas-audit size=P2 --confirm atlas-audit >"$dir/out" 2>"$dir/err"
check "without a cut" "$?" 0
# Not all runs pass quite as many.
points=$(($(sed -n 's/^points //p' "$dir/err") * 9 / 10))
check "there are points enough" "$((points > cuts))" 1

# Each asks for another size than the one before.
lane() { # DATABASE FIRST
	i=$2
	set -- "$1" S4 P1 S3 P2
	while [ "$i" -lt "$cuts" ]; do
		try $((i * points / cuts)) "$1" "$2"
		set -- "$1" "$3" "$4" "$5" "$2"
		i=$((i + 4))
	done >"$dir/$1.wrong" 2>&1
}
set -- atlas-audit atlas-identity qodex-jobs atlas-catalog-test
lanes=
for first in 0 1 2 3; do
	lane "$1" "$first" &
	lanes="$lanes $!"
	shift
done
wait $lanes
check "each is right" "$(cat "$dir"/*.wrong)" ""
check "as many as there should be" "$(wc -l <"$dir/states")" "$cuts"
sort "$dir/states" | uniq -c | sed "s/^/# of $points points:/"
checked
