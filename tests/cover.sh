#!/bin/sh
# cover.sh SRCDIR BUILD-DIR: line coverage by folder, from the counts that the
# tests left in BUILD-DIR.
set -eu
cd "$2"
find core tui -name '*.gcda' | while read -r data; do
	gcov -n -o "$(dirname "$data")" "$data" 2>/dev/null
done | awk -v src="$1/" '
	/^File/ { file = $2; gsub(/\x27/, "", file) }
	/^Lines executed/ && index(file, src) == 1 {
		path = substr(file, length(src) + 1)
		if (path ~ /\.h$/) next
		split($2, part, ":"); sub(/%/, "", part[2])
		n = $4; hit = part[2] * n / 100
		folder = path; sub(/\/[^\/]*$/, "", folder)
		lines[folder] += n; hits[folder] += hit
		all += n; all_hit += hit
	}
	END {
		for (f in lines)
			printf "%-24s %6d lines  %5.1f %%\n", f, lines[f], 100 * hits[f] / lines[f] | "sort"
		close("sort")
		if (all) printf "%-24s %6d lines  %5.1f %%\n", "all", all, 100 * all_hit / all
	}'
