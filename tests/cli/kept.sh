#!/bin/sh
# What is dear is asked once a shift: a second start shows the same figures when
# nobody answers any more, another person's start does not, and nothing stays that
# others may read. Skips (77) without curl.
set -eu

. "${AZ_SRCDIR:-.}/tests/sim/serve.sh"
need curl

serve sim
reader=$(token_of reader)
owner=$(token_of owner)

export XDG_STATE_HOME="$dir/state" XDG_CONFIG_HOME="$dir/config" TOKEN="$reader"
mkdir -p "$XDG_CONFIG_HOME/azdeck"
config="$XDG_CONFIG_HOME/azdeck/config.json"
write_config() {
	echo "{\"connections\":[{\"name\":\"azure\",\"kind\":\"arm\",\"base\":\"$url\"," \
		"\"credential\":\"env:TOKEN\"}]$1}" >"$config"
}

kept="$dir/state/azdeck/answers"
write_config ',"keep_answers":false'
"$deck" show cost >"$dir/never" 2>&1
check "what shall not be kept is not" "$(ls "$dir/state" 2>/dev/null || echo none)" none
"$deck" show cost --demo >"$dir/demo"
check "the demo keeps nothing" "$(ls "$dir/state" 2>/dev/null || echo none)" none

write_config ''
"$deck" show cost -o csv >"$dir/first"
check "three subscriptions" "$(wc -l <"$dir/first")" 4
check "answers are kept" "$(ls "$kept" | sed 's/[0-9a-f]*//' | sort -u)" .answer
check "for nobody else" "$(find "$dir/state" -perm /077 | wc -l)" 0
check "without the token" "$(grep -l -r -F "$reader" "$kept" | wc -l)" 0

kill "$pid"
wait "$pid" 2>/dev/null || :
"$deck" show cost -o csv >"$dir/second"
check "the second start asks nobody" "$(cat "$dir/second")" "$(cat "$dir/first")"
set +e
TOKEN="$owner" "$deck" show cost >"$dir/other" 2>"$dir/other.err"
check "another person gets nothing" $? 5
for f in "$kept"/*.answer; do
	printf 'x' >>"$f"
done
before=$(ls "$kept" | wc -l)
"$deck" show cost >"$dir/broken" 2>"$dir/broken.err"
check "what was edited is not believed" $? 5
set -e
# The subscriptions are read first, and without them nothing else is.
check "and goes" "$(($(ls "$kept" | wc -l) + 1))" "$before"
checked
