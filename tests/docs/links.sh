#!/bin/sh
# What the documents point at is there: links between files, and the files and
# folders that ARCHITECTURE.md and the decisions name.
set -u
. "${AZ_SRCDIR:-.}/tests/docs/report.sh"

# Links out of each page, but those that leave the tree.
: >"$dir/why"
find "$src/README.md" "$src/docs" -name '*.md' >"$dir/pages"
while read -r page; do
	grep -o '](\([^)]*\))' "$page" | sed 's/^](//;s/)$//;s/#.*//' |
		grep -v -e '^https*:' -e '^$' | while read -r target; do
		[ -e "$(dirname "$page")/$target" ] || echo "${page#"$src"/}: $target"
	done >>"$dir/why"
done <"$dir/pages"
[ -s "$dir/pages" ] || echo "no pages found" >>"$dir/why"
for page in "$src"/docs/adr/[0-9]*.md; do
	grep -q "(${page##*/})" "$src/docs/adr/README.md" || echo "docs/adr/README.md: no ${page##*/}"
done >>"$dir/why"
report "links lead to files, and the index to every decision" "$dir/why"

# Runbooks name what is Azure's, not what is ours; tests/unit/test_runbooks.c reads those.
grep -v '/docs/runbooks/' "$dir/pages" >"$dir/own" && mv "$dir/own" "$dir/pages"

# Names in backquotes with a slash: below the top, core/ or tui/, with or without an
# ending.
: >"$dir/why"
while read -r page; do
	grep -o '`[^` ]*/[^` ]*`' "$page" | tr -d '`' | grep -v -e '[A-Z]' -e '^[~$/.{"!]' -e '//' |
		sort -u | while read -r name; do
		found=
		for at in "$src/$name" "$src/core/$name" "$src/tui/$name" \
			"$src/$name.[ch]" "$src/core/$name.[ch]"; do
			# Unquoted: a name may be a pattern.
			for file in $at; do
				[ -e "$file" ] && found=1
			done
		done
		[ -n "$found" ] || echo "${page#"$src"/}: $name"
	done >>"$dir/why"
done <"$dir/pages"
report "files that are named exist" "$dir/why"

# Functions and types, told from words by their underscore; x_ stands for any module,
# and the libraries' own are theirs.
find "$src/core" "$src/tui" -name "*.[ch]" -exec cat {} + >"$dir/code"
: >"$dir/why"
while read -r page; do
	grep -o '`[a-z]*_[a-z_]*\(()\)*`' "$page" | tr -d '`()' | grep -v -e '^x_' -e '^uv_' -e '^curl_' |
		sort -u | while read -r name; do
		grep -qw "$name" "$dir/code" || echo "${page#"$src"/}: $name"
	done >>"$dir/why"
done <"$dir/pages"
report "functions that are named exist" "$dir/why"

# Manual pages that refer to each other.
: >"$dir/why"
sed -n 's/^\.Xr \(azdeck[a-z-]*\) \([1-8]\).*/\1.\2/p' "$src"/docs/*.[1-8] | sort -u |
	while read -r name; do
		[ -e "$src/docs/$name" ] || echo "docs/$name"
	done >"$dir/why"
report "manual pages that are named exist" "$dir/why"
finish
