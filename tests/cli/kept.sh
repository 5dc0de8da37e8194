#!/bin/sh
# What is dear is asked once a shift: a second start shows the same figures when
# nobody answers any more, another person's start does not, and nothing stays that
# others may read. Skips (77) without curl.
set -eu

builddir=${AZ_BUILDDIR:-.}
deck="$builddir/azdeck"
command -v curl >/dev/null || { echo "1..0 # SKIP curl is not installed"; exit 77; }

dir=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || :; rm -rf "$dir"' EXIT
n=0
failed=0
check() { # NAME GOT WANT
	n=$((n + 1))
	if [ "$2" = "$3" ]; then
		echo "ok $n - $1"
	else
		echo "# got '$2', want '$3'"
		echo "not ok $n - $1"
		failed=1
	fi
}

mkfifo "$dir/fifo"
"$deck" sim --listen 127.0.0.1:0 >"$dir/fifo" 2>"$dir/sim.err" &
pid=$!
exec 3<"$dir/fifo"
read -r url <&3
token_of() {
	curl -s -d "grant_type=client_credentials&client_id=$1&client_secret=b" \
		"$url/common/oauth2/v2.0/token" | sed 's/.*"access_token":"\([^"]*\)".*/\1/'
}
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
pid=
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
echo "1..$n"
exit $failed
