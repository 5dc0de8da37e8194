#!/bin/sh
# No call of a model's reaches what approves or runs an action: of all that the linker
# would have to pull in for core/ai, core/guide and core/answer, by whatever call of
# whatever function, none is an object that does. What includes say, lint checks; this is
# what the calls say.
set -eu
cd "${AZ_BUILDDIR:-.}"
forbidden='^libazact\.a:(approve|run|run_save|run_report|runner|signer|sign_key|audit_log)\.o$|^libazworker\.a:|^libazcli\.a:'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# ARCHIVE:OBJECT KIND SYMBOL, a line each; what is defined here and not seen outside
# pulls nothing in.
for archive in libaz*.a; do
	nm -A "$archive" 2>/dev/null | awk '
		{
			split($1, at, ":")
			kind = $(NF - 1)
			if (kind == "U") print at[1] ":" at[2], "needs", $NF
			else if (kind ~ /^[TDBRCVW]$/) print at[1] ":" at[2], "has", $NF
		}'
done >"$work/symbols"
awk -v forbidden="$forbidden" '
	$2 == "has" { home[$3] = $1; seen[$1] = 1 }
	$2 == "needs" { needs[$1] = needs[$1] " " $3 }
	END {
		for (object in seen) {
			if (object ~ forbidden) n_forbidden++
			if (object ~ /^libaz(ai|guide|answer)\.a:/) { queue[++n] = object; from[object] = "-" }
		}
		if (n < 10 || n_forbidden < 10) { print "nothing to look at: " n " and " n_forbidden; exit 1 }
		for (i = 1; i <= n; i++) {
			count = split(needs[queue[i]], list, " ")
			for (k = 1; k <= count; k++) {
				object = home[list[k]]
				if (object == "" || object in from) continue
				from[object] = queue[i] " by " list[k]
				queue[++n] = object
			}
		}
		for (i = 1; i <= n; i++) {
			if (queue[i] !~ forbidden) continue
			print queue[i] " is reached from " from[queue[i]]
			bad = 1
		}
		print "# " n " objects are reached, " n_forbidden " must not be"
		exit bad
	}' "$work/symbols" >"$work/found" && ok=ok || ok='not ok'
sed 's/^[^#]/# &/' "$work/found"
echo "$ok 1 - no call of a model's reaches what approves or runs"
echo "1..1"
[ "$ok" = ok ]
