# What tests with a simulator beside them begin with; sourced. Gives `deck` (the program)
# and `dir` (a folder that goes at the end, as every process in `pids` does).
deck=${AZ_BUILDDIR:-.}/azdeck

# need TOOL...: skips (77) without one of them.
need() {
	for tool; do
		command -v "$tool" >/dev/null && continue
		echo "1..0 # SKIP $tool is not installed"
		exit 77
	done
}

dir=$(mktemp -d)
pids=
trap 'for p in $pids; do kill "$p" 2>/dev/null || :; done; rm -rf "$dir"' EXIT
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
# At the end of the test.
checked() {
	echo "1..$n"
	exit "$failed"
}

# serve NAME OPTION...: a simulator; sets url and pid once it is there.
serve() {
	out=$dir/$1
	shift
	mkfifo "$out.fifo"
	"$deck" sim --listen 127.0.0.1:0 "$@" >"$out.fifo" 2>"$out.err" &
	pid=$!
	pids="$pids $pid"
	exec 3<"$out.fifo"
	read -r url <&3
}
# token_of CLIENT: of the simulator at $url.
token_of() {
	curl -s -d "grant_type=client_credentials&client_id=$1&client_secret=b" \
		"$url/common/oauth2/v2.0/token" | sed 's/.*"access_token":"\([^"]*\)".*/\1/'
}
