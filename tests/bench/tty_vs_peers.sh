#!/bin/sh
# The deck beside other full-screen programs, in one run of one tool: a pty, 120x40.
# Their figures differ with what they do; less and tig show what a key can cost.
set -eu
tool=$AZ_SRCDIR/../shared/tools/ttybench
if [ ! -x "$tool" ]; then
	echo "# tty_vs_peers: no ttybench beside the project; bench_tty measured the deck alone"
	exit 0
fi
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT INT TERM
HOME=$tmp
export HOME
seq 100000 >"$tmp/lines"
git init -q "$tmp/repo"
for i in $(seq 60); do
	git -C "$tmp/repo" -c user.name=atlas -c user.email=atlas@contoso.example \
		commit -q --allow-empty -m "change $i"
done

# NAME TEXT COMMAND...: TEXT is what the first frame shows.
measure()
{
	name=$1 text=$2
	shift 2
	command -v "$1" >/dev/null || { echo "# $1 is not installed"; return 0; }
	"$tool" --name "$name" --size 120x40 --starts 15 --paint-text "$text" --warm 2 --idle 5 \
		--keys j,k --repeat 50 --flood 200:j --resizes 42 --quit q \
		--json "$tmp/$name.json" -- "$@" >/dev/null 2>&1 ||
		echo "# $name: the measurement did not end well"
}

measure azdeck Agents "$AZ_BUILDDIR/azdeck" --demo
measure less 30 less "$tmp/lines"
measure tig 'change 60' tig -C "$tmp/repo"
measure htop PID htop
measure btop cpu btop
"$tool" --compare "$tmp"/*.json
