#!/bin/sh
# Every action that ships, from outside, against a simulator beside it: planned, approved (by
# a second person where it needs one), run to its end, seen to have helped, and back again by
# what its plan says undoes it, to what it was. The actions are those of `azdeck act list`,
# what they are tried with is in tests/unit/action_trials.txt. Some of them only where a sanitizer makes each start slow.
set -u

[ "${AZ_VARIANT:-}" != tsan ] || {
	echo "1..0 # SKIP its clock is not made for several threads"
	exit 77
}
. "${AZ_SRCDIR:-.}/tests/sim/serve.sh"

trials=${AZ_SRCDIR:-.}/tests/unit/action_trials.txt
# It runs as fast as the simulator does, in the same time.
plain=$deck
cut=${AZ_BUILDDIR:-.}/tests/e2e/azdeck_cut
start=1773224430 # 2026-03-11T10:20:30Z
"$deck" act list -o json >"$dir/list.json"
"$deck" query "join(' ', [].name)" "$dir/list.json" | tr -d '"' | tr ' ' '\n' >"$dir/names"

# person FOLDER NAME
person() {
	export HOME="$1/$2" XDG_STATE_HOME="$1/$2/state" XDG_DATA_HOME="$1/$2/data" \
		XDG_CONFIG_HOME="$1/$2/config" USER="$2" LOGNAME="$2"
	mkdir -p "$XDG_CONFIG_HOME/azdeck"
}
# of EXPRESSION FILE: a text of a change.
of() { "$plain" query "$1" "$2" | sed 's/^"//; s/"$//'; }

# act FOLDER ACTION TARGET INPUT...: to its end, with whoever it needs. False: not so.
act() {
	at=$1 action=$2 row=$3
	shift 3
	"$deck" act propose "$action" "$row" "$@" >"$at/out" 2>&1 || return 1
	id=$(sed -n 's/^plan  *\([0-9a-f]*\),.*/\1/p' "$at/out")
	"$deck" act show "$id" -o json >"$at/$action.json" || return 1
	if grep -q '"needs_second": true' "$at/$action.json"; then
		person "$at" bob
		code=$("$deck" act approve "$at/$action.json" --confirm "$name" 2>"$at/out")
		person "$at" ann
		"$deck" act approve "$id" --code "$code" >"$at/out" 2>&1 || return 1
	else
		"$deck" act approve "$id" --confirm "$name" >"$at/out" 2>&1 || return 1
	fi
	"$deck" act run "$id" >"$at/out" 2>&1
}

connection() { # KIND NAME PATH MORE
	echo "{\"kind\":\"$1\",\"name\":\"$2\",\"base\":\"$url$3\"${4:-},\"credential\":\"sim\"}"
}
configure() { # FOLDER
	person "$1" bob
	echo '{"connections":[]}' >"$XDG_CONFIG_HOME/azdeck/config.json"
	bob=$("$deck" audit key)
	person "$1" ann
	cat >"$XDG_CONFIG_HOME/azdeck/config.json" <<-EOF
		{"credentials": {"sim": {"method": "sim", "url": "$url"}},
		"actions": {"people": {"bob": "$bob"}},
		"connections": [
		$(connection arm azure ""),
		$(connection devops devops /_devops/contoso ',"organization":"contoso"'),
		$(connection k8s aks-atlas-prod /_k8s/aks-atlas-prod),
		$(connection k8s aks-qodex-prod /_k8s/aks-qodex-prod),
		$(connection alertmanager alertmanager /_alertmanager),
		$(connection pagerduty pagerduty /_pagerduty ',"from":"ann@contoso.example"')]}
	EOF
}
# As the board and the live state have it.
state_of() { # FOLDER TO ACTION TARGET INPUT...
	at=$1 to=$2
	shift 2
	"$deck" act plan "$@" -o json >"$at/$to.json" 2>"$at/out" &&
		of "join(', ', plan.shows[].before)" "$at/$to.json" >"$at/$to"
}

# try FOLDER ACTION: there and back. Says what is wrong with it.
try() {
	IFS='|' read -r action name which inputs before later <<-EOF
		$(grep "^$2|" "$trials")
	EOF
	[ "$action" = "$2" ] || {
		echo "$2: nothing tries it"
		return
	}
	target="$name${which:+ $which}"
	at=$1 id=
	deck=$plain
	epoch=$(date +%s)
	serve "sim-$2" --speed "$speed" --at "2026-03-11T$((10 + later)):20:30Z" \
		--log "$at/requests"
	export AZ_CUT="-1 $epoch $speed $((start + later * 3600))"
	deck=$cut
	configure "$at"
	for first in $before; do
		act "$at" "$first" "$target" || echo "$2: $first: $(cat "$at/out")"
	done
	# shellcheck disable=SC2086
	state_of "$at" first "$2" "$target" $inputs || echo "$2: $(cat "$at/out")"
	# shellcheck disable=SC2086
	act "$at" "$2" "$target" $inputs || echo "$2: $(cat "$at/out")"
	"$deck" act show "$id" -o json >"$at/ended"
	[ "$(of outcome "$at/ended")" = helped ] || echo "$2: $(cat "$at/out")"
	undo=$(of plan.undo "$at/ended")
	if grep -qx "${undo%% *}" "$dir/names"; then
		# shellcheck disable=SC2086
		act "$at" ${undo%% *} "$target" $(echo "$undo" | cut -s -d ' ' -f 2-) ||
			echo "$2: its undo: $(cat "$at/out")"
		# shellcheck disable=SC2086
		state_of "$at" last "$2" "$target" $inputs
		cmp -s "$at/first" "$at/last" ||
			echo "$2: it was $(cat "$at/first"), and is $(cat "$at/last")"
	fi
	"$deck" audit verify >"$at/out" 2>&1 || echo "$2: $(cat "$at/out")"
	kill "$pid"
	echo "$2" >>"$dir/tried"
}

speed=100
each=1
[ -z "${AZ_VARIANT:-}" ] || each=6
lane() { # NUMBER
	i=0
	while read -r one; do
		i=$((i + 1))
		[ $((i % 4)) = "$1" ] && [ $((i / 4 % each)) = 0 ] || continue
		mkdir "$dir/$one-dir"
		try "$dir/$one-dir" "$one" </dev/null
	done <"$dir/names" >"$dir/wrong-$1" 2>&1
}
lanes=
for number in 0 1 2 3; do
	lane "$number" &
	lanes="$lanes $!"
done
wait $lanes
check "each is right" "$(cat "$dir"/wrong-* | grep -v '^points ')" ""
total=$(wc -l <"$dir/names")
check "there are actions" "$((total > 30))" 1
[ "$each" -gt 1 ] || check "all were tried" "$(wc -l <"$dir/tried")" "$total"
checked
