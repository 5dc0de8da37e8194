#!/bin/sh
# Takes the pictures of this directory again, all of the demo at one time: `make screens`.
# usage: take.sh AZDECK [NAME...]
# Needs Xvfb, xterm with its DejaVu font, xdotool and ImageMagick.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
azdeck=$1
shift
wanted=$*
at=2026-11-18T14:05Z

for tool in Xvfb xterm xdotool import mogrify; do
	command -v "$tool" >/dev/null || {
		echo "take.sh: there is no $tool" >&2
		exit 1
	}
done

DISPLAY=:$((100 + $$ % 800))
export DISPLAY
Xvfb "$DISPLAY" -screen 0 2400x1600x24 -nolisten tcp >/dev/null 2>&1 &
server=$!
trap 'kill "$server"' EXIT
sleep 1

# A step is a number of seconds, key:NAME, or type:TEXT with _ for a blank.
step() {
	case $1 in
	key:*) xdotool key "${1#key:}" ;;
	type:*) xdotool type "$(printf %s "${1#type:}" | tr _ ' ')" ;;
	*) sleep "$1" ;;
	esac
}

# take NAME COLUMNSxROWS 'STEP...' [OPTION...]
take() {
	name=$1 size=$2 steps=$3
	shift 3
	case " $wanted " in "  " | *" $name "*) ;; *) return 0 ;; esac
	ink=gray90 ground=black
	case "$*" in *light*) ink=black ground=white ;; esac
	xterm -geometry "$size+0+0" -b 4 -fa 'DejaVu Sans Mono' -fs 11 -cr "$ground" \
		-fg "$ink" -bg "$ground" \
		-e env -u NO_COLOR TERM=xterm-256color COLORTERM=truecolor \
		LC_ALL=C.UTF-8 "$azdeck" --demo --at "$at" "$@" &
	terminal=$!
	window=$(xdotool search --sync --onlyvisible --class xterm | head -n 1)
	xdotool windowfocus "$window"
	sleep 4
	for one in $steps; do
		step "$one"
	done
	sleep 1
	import -window "$window" "$here/$name.png"
	mogrify +dither -colors 96 "PNG8:$here/$name.png"
	kill "$terminal"
	wait "$terminal" 2>/dev/null || :
	echo "$name"
}

take overview 120x40 ''
take cost 120x40 'key:1 key:z 1'
take sql 120x40 'key:2 key:z 1'
take dr 120x40 'key:3 key:z 1'
take agents 120x40 'key:4 key:z 1'
take logs 120x40 'key:5 key:z 1'
take wide 200x60 ''
take sql-light 120x30 'type::board_sql key:Return 2' --theme light
take sql-mono 120x30 'key:2 key:z 1' --theme mono
take row 120x36 'type::board_dr-items key:Return 1 key:Down key:Return 30' --speed 120
take plan 110x30 'type::board_sql_atlas-audit key:Return 2 key:x 1 key:Return 1 key:Return type:S3 key:Return key:Return 3'
take chat 120x30 'key:7 1 type:why_is_atlas-orders_slow key:Return 6'
take handover 110x40 'key:H 14'
take past 120x40 'type:[ 15 type:T 1 type:07:00 key:Return 3'
