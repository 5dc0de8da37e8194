#!/bin/sh
# The history from outside: nothing is written unless the configuration says so, what
# was kept survives kill -9, and `--at` and `changes` read it beside whoever writes.
# Skips (77) without curl.
set -eu

. "${AZ_SRCDIR:-.}/tests/sim/serve.sh"
need curl

serve sim
TOKEN=$(token_of reader)
export TOKEN XDG_STATE_HOME="$dir/state" XDG_CONFIG_HOME="$dir/config"
mkdir -p "$XDG_CONFIG_HOME/azdeck"
config="$XDG_CONFIG_HOME/azdeck/config.json"
write_config() {
	echo "{\"keep_answers\": false, $1\"connections\":[{\"name\":\"azure\",\"kind\":\"arm\"," \
		"\"base\":\"$url\",\"credential\":\"env:TOKEN\"}]}" >"$config"
}
history="$dir/state/azdeck/history.db"

write_config ''
"$deck" show sql >"$dir/live"
check "nothing is written unasked" "$(ls "$dir/state" 2>/dev/null || echo none)" none
set +e
"$deck" show sql --at now >"$dir/none" 2>"$dir/none.err"
check "no history is not found" $? 6
"$deck" changes 2>>"$dir/none.err"
check "nor are changes" $? 6
set -e
check "what to do about it" "$(grep -c '"keep": true' "$dir/none.err")" 2

write_config '"history": {"keep": true}, '
pick='[].[database, state, tier]'
"$deck" show sql --query "$pick" >"$dir/live"
check "the history is the user's alone" "$(find "$dir/state" -perm /077 | wc -l)" 0
check "it is what was shown" "$("$deck" show sql --at now --query "$pick")" "$(cat "$dir/live")"
set +e
"$deck" show sql --at -9h 2>"$dir/early"
check "before it there is nothing" $? 6
check "and it says since when" "$(grep -c 'the history begins at 20' "$dir/early")" 1
"$deck" show sql --at whenever 2>"$dir/bad"
check "a time that is none" $? 2
"$deck" changes --from -1h --to -2h 2>"$dir/bad"
check "a span that is none" $? 2
set -e

# What one azdeck saw of health and of probes is in the error budget of the next one.
write_config '"history": {"keep": true}, "workloads": [{"name": "Atlas", "slo": 99.99,
	"words": ["atlas"]}], '
check "nothing was seen yet" \
	"$("$deck" show slo --query "[?source=='seen health'].parts | [0]")" 0
"$deck" show health >"$dir/health"
"$deck" show traffic-manager >"$dir/probes"
seen=$("$deck" show seen-states --query "[?kind=='health'] | length(@)")
check "each resource in one state" "$((seen + 1))" "$(wc -l <"$dir/health")"
check "and when somebody looked" \
	"$("$deck" show seen-states --query "[?kind=='watch'].on | sort(@) | join(' ', @)")" \
	'"frontdoor health traffic-manager"'
check "it counts after a restart" "$("$deck" show slo --query "[?source=='seen probes' ||
	source=='seen health'] | [?parts > \`0\` && availability != null] | length(@)")" 2
check "and no more than was watched" "$("$deck" show slo --query \
	"max([?source=='seen health'].coverage) < \`1\`")" true
write_config '"history": {"keep": true}, '

# Somebody watches, and is killed.
"$deck" show resources --watch 1 >"$dir/watched" 2>&1 &
watcher=$!
pids="$pids $watcher"
tries=0
until "$deck" show resources --at now >"$dir/seen" 2>/dev/null; do
	tries=$((tries + 1))
	[ $tries -lt 300 ] || break
done
check "read while it was written" "$(head -c 4 "$dir/seen")" RESO
kill -9 "$watcher"
wait "$watcher" 2>/dev/null || :
check "whole after kill -9" "$("$deck" show resources --at now)" "$(cat "$dir/seen")"
check "changes are a list" "$("$deck" changes --query 'type(@)')" '"array"'

printf 'not a database, and long enough that nobody could take it for the head of one' \
	>"$history"
"$deck" show sql >"$dir/anew" 2>"$dir/anew.err"
check "a broken one is put aside" "$(ls "$dir/state/azdeck" | grep -c broken)" 1
"$deck" show sql --at now >"$dir/again"
check "and a new one begins" "$("$deck" show sql --at now --query "$pick")" "$(cat "$dir/live")"

check "which is said" "$(grep -c 'damaged.*a new history begins.*broken-' "$dir/anew.err")" 1

# A disk that takes a few kilobytes a file, then no more: the command does what it was
# asked for, and says what it could not keep.
small() (
	trap '' XFSZ
	ulimit -f 8
	exec "$deck" "$@"
)
# The thread sanitizer itself begins with a file that is larger than that.
if [ "${AZ_VARIANT:-}" != tsan ]; then
	XDG_STATE_HOME="$dir/full" small show sql --query "$pick" 2>"$dir/full.err" |
		cat >"$dir/full.out"
	check "a full disk keeps no rows from being shown" "$(cat "$dir/full.out")" "$(cat "$dir/live")"
	check "and is said in one line" "$(grep -c 'azdeck: the history is not kept: .*history.db' \
		"$dir/full.err")" 1
	check "which is all that is said" "$(wc -l <"$dir/full.err")" 1
fi

# The state folder is somebody else's, as far as anybody can tell.
mkdir -p "$dir/linked" "$dir/elsewhere"
ln -s "$dir/elsewhere" "$dir/linked/azdeck"
XDG_STATE_HOME="$dir/linked" "$deck" show sql >"$dir/linked.out" 2>"$dir/linked.err"
check "a folder that is a link" "$(grep -c 'not kept.*is a link' "$dir/linked.err")" 1
check "has nothing in it" "$(ls "$dir/elsewhere" | grep -c history)" 0

# Two at once: the second one reads what the first one writes.
"$deck" show sql --watch 1 >"$dir/first" 2>"$dir/first.err" &
watcher=$!
pids="$pids $watcher"
tries=0
until [ -s "$dir/first" ] || [ $tries -ge 300 ]; do
	tries=$((tries + 1))
	"$deck" show sql --at now >"$dir/second" 2>"$dir/second.err"
done
"$deck" show sql --query "$pick" >"$dir/second" 2>"$dir/second.err"
check "two at once" "$(cat "$dir/second" "$dir/second.err")" "$(cat "$dir/live")"
kill "$watcher"
wait "$watcher" 2>/dev/null || :

# What an earlier run saw stands before what this one sees, once.
mkdir -p "$XDG_CONFIG_HOME/azdeck/boards"
cat >"$XDG_CONFIG_HOME/azdeck/boards/mine.json" <<'EOF'
{"title": "Mine", "category": "test", "about": "Resource groups, counted.",
 "requests": {"groups": {"get": "/subscriptions?api-version=2022-12-01"}},
 "rows": "[{id: 'all', n: length(groups.value)}]", "key": "id",
 "columns": [
  {"name": "n", "title": "N", "type": "number", "value": "n", "history": true},
  {"name": "trend", "title": "TREND", "type": "series", "series_of": "n"}]}
EOF
# Looks at an uneven pace have holes between them, which are none.
runs=0
points=0
while [ "$points" -lt 3 ] && [ $runs -lt 30 ]; do
	points=$("$deck" show mine --query 'length([0].trend[?@ != `null`])')
	runs=$((runs + 1))
	[ "$points" -le $runs ] || break
done
check "earlier runs are remembered" "$([ "$points" -ge 3 ] && echo yes)" yes
check "no look is there twice" "$([ "$points" -le $runs ] && echo yes)" yes

checked
