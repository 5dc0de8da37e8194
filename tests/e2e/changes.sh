#!/bin/sh
# Changes from outside, with keys, journals and an audit log on the disk and a simulator
# beside them: a change of low risk to its end and back; one that needs a second person, on
# another machine; every refusal, each of which changes nothing and is in the audit log;
# and what was written down is sound. Skips (77) without curl.
set -u

. "${AZ_SRCDIR:-.}/tests/sim/serve.sh"
need curl

serve sim --speed 30
owner=$(token_of owner)

# person NAME: their home from now on.
person() {
	export HOME="$dir/$1" XDG_STATE_HOME="$dir/$1/state" XDG_DATA_HOME="$dir/$1/data" \
		XDG_CONFIG_HOME="$dir/$1/config" TOKEN="$owner" USER="$1" LOGNAME="$1"
	mkdir -p "$XDG_CONFIG_HOME/azdeck"
	config="$XDG_CONFIG_HOME/azdeck/config.json"
}
# configure ACTIONS: what stands in "actions".
configure() {
	echo "{\"connections\":[{\"name\":\"azure\",\"kind\":\"arm\",\"base\":\"$url\"," \
		"\"credential\":\"env:TOKEN\"}],\"actions\":{$1}}" >"$config"
}
# run NAME CODE TEXT ARGUMENT...: the exit code, and a text in what it says.
run() {
	name=$1 code=$2 text=$3
	shift 3
	"$deck" act "$@" >"$dir/out" 2>&1
	check "$name: exit" "$?" "$code"
	check "$name" "$(grep -cF -- "$text" "$dir/out" | sed 's/^[1-9].*/1/')" 1
	[ "$failed" = 0 ] || sed "s/^/# /" "$dir/out" | head -n 40
}
id_of() { sed -n 's/^plan  *\([0-9a-f]*\),.*/\1/p' "$dir/out"; }
only_id() { "$deck" act show | cut -c1-8; }
audited() { "$deck" audit show --kind "$1" -o json | grep -cF -- "$2" | sed 's/^[1-9].*/1/'; }
scale="sql-scale atlas-audit"

person ann
configure ''
run "to its end" 0 "outcome    helped" run $scale size=S3 --confirm atlas-audit
run "it is kept" 0 "helped" show
"$deck" act forget "$(only_id)"
check "forgotten once it is over" "$?" 0
check "out of the list" "$("$deck" act show | wc -l)" 0
for kind in plan approval request result step verify; do
	check "audited: $kind" "$(audited "$kind" atlas-audit)" 1
done
"$deck" show audit -o json >"$dir/out" 2>&1
check "the board has what is out of the list" "$("$deck" query \
	"join(' ', rows[].[what, not_null(inputs, ''), state, not_null(proof, '')][])" "$dir/out")" \
	'"audit log  sound  sql-scale size=S3 helped signed"'
"$deck" handover >"$dir/out" 2>&1
check "the hand-over, too" "$(grep -c "sql-scale\*\* size=S3 on atlas-audit by ann, approved by .*: helped; signed" "$dir/out")" 1
check "and that the log is whole" "$(grep -c "^- sound: [0-9]* entries, signed and whole" "$dir/out")" 1
check "for nobody else" "$(find "$dir/ann" -type f -perm /077 | grep -vc config.json)" 0

out=$(env -u HOME -u XDG_STATE_HOME "$deck" act run $scale size=S2 --confirm atlas-audit 2>&1)
check "no place for the audit log: exit" "$?" 3
check "no place for the audit log" "$(echo "$out" | grep -c "no place for the audit log")" 1

run "proposed" 0 "proposed" propose $scale size=S4
id=$(id_of)
run "nobody approved it" 5 "nobody has approved" run "$id"
check "refused: not approved" "$(audited refusal "nobody has approved")" 1
run "another name" 5 "not the name of its target" approve "$id" --confirm atlas-audi
check "refused: wrong name" "$(audited refusal "is not the name of its target")" 1
run "no code" 2 "is no approval" approve "$id" --code aza1-nothing
run "the right name" 0 "approved" approve "$id" --confirm atlas-audit
run "decided against" 0 "rejected" reject "$id" --why "not today"
run "no way back" 5 "rejected it: not today" run "$id"
check "refused: rejected" "$(audited refusal "not today")" 1

file="$XDG_STATE_HOME/azdeck/changes/$id.change"
cp "$file" "$dir/whole"
head -c 100 "$dir/whole" >"$file"
run "a damaged file is not passed over" 0 "not all changes are listed: " show
cp "$dir/whole" "$file"
run "stop what does not run" 5 "is not running" stop "$id"
run "no such change" 6 "azdeck act show" run 0123456789abcdef

configure '"rules":[{"targets":["atlas-audit"],"second":true}]'
run "needs a second person" 0 "by a second person" propose $scale size=S4
id=$(id_of)
run "the name is not enough" 5 "needs a second person" approve "$id" --confirm atlas-audit
"$deck" act show "$id" -o json >"$dir/plan.json"
run "not one's own" 5 "this plan is your own" approve "$dir/plan.json" --confirm atlas-audit

person bob
configure ''
run "bob sees it first" 2 "say --confirm" approve "$dir/plan.json"
run "bob types its name" 5 "not the name" approve "$dir/plan.json" --confirm orders
bobs_code=$("$deck" act approve "$dir/plan.json" --confirm atlas-audit 2>/dev/null)
check "bob's code" "${bobs_code%%-*}" aza1
bob=$("$deck" audit key)
sed 's/S4/S6/' "$dir/plan.json" >"$dir/other.json"
# What he sees is what stands in it, not what it would like to look like.
esc='\\u001b[2J\\u001b[1;1H\\nrequest    nothing at all\\u202e'
sed "s|\"title\": \"size\"|\"title\": \"size$esc\"|" "$dir/plan.json" >"$dir/hostile.json"
"$deck" act approve "$dir/hostile.json" --confirm atlas-audit >"$dir/out" 2>&1
check "no escape of a plan reaches the terminal" "$(tr -d '\n\40-\176' <"$dir/out" | grep -c "$(printf '\033')")" 0
check "it is shown all the same" "$(grep -c "^size.* nothing at all" "$dir/out")" 1
check "no line of it is its own" "$(grep -c "^request    nothing" "$dir/out")" 0
other=$("$deck" act approve "$dir/other.json" --confirm atlas-audit 2>/dev/null)

person ann
run "bob is nobody yet" 5 "nobody's" approve "$id" --code "$bobs_code"
configure "\"people\":{\"bob\":\"$bob\"},\"rules\":[{\"targets\":[\"atlas-audit\"],\"second\":true}]"
run "another plan's code" 5 "approved another plan" approve "$id" --code "$other"
run "bob's code counts" 0 "approved by bob" approve "$id" --code "$bobs_code"

# What it is bound to moves, and it is dead.
key=$("$deck" act show "$id" -o json | sed -n 's/.*"key": *"\([^"]*\)".*/\1/p')
curl -s -X PATCH -H "Authorization: Bearer $owner" -H "Content-Type: application/json" \
	-d '{"sku":{"name":"S1"}}' "$url$key?api-version=2021-11-01" >/dev/null
run "dead" 5 'size asked for was "S3", is now "S1"' run "$id"
check "refused: moved" "$(audited refusal "is now")" 1
run "once dead, dead" 5 "has been run" run "$id"

run "before the rules change" 0 "proposed" propose sql-scale atlas-identity size=S4
id=$(id_of)
"$deck" act approve "$id" --confirm atlas-identity >/dev/null
configure '"rules":[{"actions":["sql-*"],"limits":{"size":["S0","S1"]}}]'
run "above the ceiling" 5 "not among the values" run "$id"
# Open for an hour each day, some hours from now.
hour=$(date -u +%H)
hour=$((${hour#0} + 6))
configure "\"rules\":[{\"actions\":[\"sql-*\"],\"window\":\"off=(m-u,$(((hour + 1) % 24)));on=(m-u,$((hour % 24)));tz=UTC\"}]"
run "outside of its window" 5 "outside of its window; it opens" run "$id"
configure '"freezes":[{"from":"2026-01-01","to":"2099-12-31","why":"the year is closed"}]'
run "frozen" 5 "the year is closed" run "$id"
configure '"rules":[{"actions":["sql-*"],"people":["bob"]}]'
run "not among those who may" 5 "is not among those" run "$id"
configure '"rules":[{"deny":true,"why":"never"}]'
run "denied" 5 "never" run "$id"
configure '"rules":[{"second":true}]'
run "needs a second person now" 5 "second person" run "$id"
configure '"off":true'
run "switched off" 5 "switched off" run "$id"
configure ''
check "refused: all of them" "$("$deck" audit show --kind refusal | wc -l)" 17
check "nothing more was sent" "$("$deck" audit show --kind request | wc -l)" 1

# Who has no right to it is told before, and refused by Azure itself.
TOKEN=$(token_of sg-oncall)
run "no right: the plan says so" 0 "you have no right to Microsoft.Sql/servers/databases/write" \
	plan sql-scale atlas-sessions size=P2
run "no right: refused" 5 "ask for the role SQL DB Contributor there" \
	run sql-scale atlas-sessions size=P2 --confirm atlas-sessions
check "no right: it says which" "$(grep -c "^why .*no right to microsoft.sql/servers/databases/write" "$dir/out")" 1
check "no right: audited" "$(audited refusal "ask for the role")" 1
check "no right: asked once" "$("$deck" audit show --kind request | wc -l)" 2
TOKEN=$owner

for verb in plan propose approve run stop reject forget; do
	run "read-only: $verb" 5 "nothing is changed" $verb "$id" --read-only
done
run "read-only: show" 0 "approved" show "$id" --read-only
run "read-only: list" 0 "sql-scale" list --read-only
run "switched off, but to be seen" 0 "approved" show "$id"

"$deck" audit verify >"$dir/out" 2>&1
check "the log is sound" "$?" 0
check "no token is in it" "$(grep -c -F "$owner" "$XDG_STATE_HOME/azdeck/audit.log")" 0
checked
