#!/bin/sh
# Runs that are cut off, in real processes: one is killed while its request goes on outside,
# and another goes on with it; while one has it in hand nobody else has; a third one stops
# it. The request was sent once. Skips (77) without curl.
set -u

. "${AZ_SRCDIR:-.}/tests/sim/serve.sh"
need curl

serve sim --speed 30
TOKEN=$(token_of owner)
export HOME="$dir" XDG_STATE_HOME="$dir/state" XDG_DATA_HOME="$dir/data" \
	XDG_CONFIG_HOME="$dir/config" TOKEN
mkdir -p "$XDG_CONFIG_HOME/azdeck"
echo "{\"connections\":[{\"name\":\"azure\",\"kind\":\"arm\",\"base\":\"$url\"," \
	"\"credential\":\"env:TOKEN\"}]}" >"$XDG_CONFIG_HOME/azdeck/config.json"
requests() { "$deck" audit show --kind request | wc -l; }
# until STATE: the change stands so in the list.
until_state() {
	for _ in $(seq 200); do
		"$deck" act show | grep -q "$1" && return
		sleep 0.1
	done
	echo "# never $1"
}
propose() { # DATABASE
	"$deck" act propose sql-scale "$1" size=S4 --confirm "$1" >"$dir/out"
	id=$(sed -n 's/^plan  *\([0-9a-f]*\),.*/\1/p' "$dir/out")
}

propose atlas-audit
"$deck" act run "$id" >"$dir/first" 2>&1 &
first=$!
until_state following
"$deck" act run "$id" >"$dir/second" 2>&1
check "in hand elsewhere" "$?" 5
check "it says so" "$(grep -c 'another azdeck has the change' "$dir/second")" 1
kill -9 "$first"
wait "$first" 2>/dev/null
"$deck" act run "$id" >"$dir/third" 2>&1
check "another goes on with it" "$?" 0
check "to its end" "$(grep -c '^outcome    helped' "$dir/third")" 1
check "sent once" "$(requests)" 1

propose atlas-identity
"$deck" act run "$id" >"$dir/left" 2>&1 &
first=$!
until_state following
kill -TERM "$first"
wait "$first" 2>/dev/null
check "who leaves it is told how to follow it" \
	"$(grep -c "azdeck act run $id. goes on with it" "$dir/left")" 1
"$deck" act run "$id" >"$dir/fourth" 2>&1 &
first=$!
until_state following
"$deck" act stop "$id" >/dev/null
check "stopped from outside" "$?" 0
wait "$first"
check "what was sent goes to its end" "$?" 0
check "sent once each" "$(requests)" 2
"$deck" audit verify >/dev/null
check "the log is sound" "$?" 0
checked
