#!/bin/sh
# A run whose sign-in ends on the way, and which is killed then. It is found again by an
# azdeck that is not signed in either: that one says so, sends nothing and loses nothing,
# and is killed too. Who has signed in again goes on with it to its end. By the
# simulator's own log the request was sent once. Skips (77) without curl.
set -u

. "${AZ_SRCDIR:-.}/tests/sim/serve.sh"
need curl

# A test failover takes 14 minutes: here, time enough to lose a sign-in in.
serve sim --speed 40 --at 2026-03-11T10:20:30Z --log "$dir/requests"
export HOME="$dir/ann" XDG_STATE_HOME="$dir/ann/state" XDG_DATA_HOME="$dir/ann/data" \
	XDG_CONFIG_HOME="$dir/ann/config" USER=ann PATH="$dir/bin:$PATH"
mkdir -p "$dir/bin" "$XDG_CONFIG_HOME/azdeck"
echo "{\"connections\":[{\"name\":\"azure\",\"kind\":\"arm\",\"base\":\"$url\"," \
	"\"credential\":\"me\"}],\"credentials\":{\"me\":{\"method\":\"az\"}}}" \
	>"$XDG_CONFIG_HOME/azdeck/config.json"

# The Azure CLI as azdeck asks it: signed in while there is a token. What it gives is
# over soon, so that it is asked again and again.
cat >"$dir/bin/az" <<EOF
#!/bin/sh
[ -e "$dir/token" ] || {
	echo "ERROR: Please run 'az login' to setup account." >&2
	exit 1
}
echo "{\"accessToken\":\"\$(cat "$dir/token")\",\"expires_on\":\$((\$(date +%s) + 2))}"
EOF
chmod +x "$dir/bin/az"
sign_in() { token_of owner >"$dir/token.new" && mv "$dir/token.new" "$dir/token"; }

# until_says NAME FILE TEXT
until_says() {
	for _ in $(seq 600); do
		grep -q -- "$3" "$2" && break
		sleep 0.1
	done
	check "$1" "$(grep -c -- "$3" "$2" | sed 's/^[1-9].*/1/')" 1
}
sent() { grep -c ' POST 2.*/rp-atlas/testFailover?' "$dir/requests"; }
# begin NAME ARGUMENT...: a run in the background.
begin() {
	name=$1
	shift
	"$deck" act run "$@" >"$dir/$name.out" 2>"$dir/$name.err" &
	run=$!
	pids="$pids $run"
}
killed() {
	kill -9 "$run"
	wait "$run" 2>/dev/null
}

sign_in
begin first dr-plan-test rp-atlas --confirm rp-atlas
until_says "it is sent, and goes on" "$dir/first.err" ": following"
rm "$dir/token"
until_says "its sign-in ends: it says so" "$dir/first.err" "following.*az login"
id=$("$deck" act show | cut -d ' ' -f 1)
check "and in the list" "$("$deck" act show | grep -c following)" 1
killed

begin second "$id"
until_says "another one waits for somebody to sign in" "$dir/second.err" "az login"
check "it is not lost" "$("$deck" act show | grep -c following)" 1
killed

sign_in
begin third "$id"
wait "$run"
check "signed in again: exit" "$?" 0
check "to its end" "$(grep -c '^outcome    helped' "$dir/third.out")" 1
check "sent once" "$(sent)" 1
check "and known as once" "$("$deck" act show "$id" -o json | grep -c '"sent": 1,*$')" 1
check "one request in the audit log" "$("$deck" audit show --kind request | wc -l)" 1
check "and what came of it" "$("$deck" audit show --kind verify -o json | grep -c helped | sed 's/^[1-9].*/1/')" 1
"$deck" audit verify >/dev/null
check "the log is sound" "$?" 0
[ "$failed" = 0 ] || sed 's/^/# /' "$dir"/*.err
checked
