#!/bin/sh
# Runs every example of azdeck-query(7) and compares what comes out with what the
# page says. In the page's source a comment stands before each literal block that
# is read here: "document" (the file all examples read), "examples" (a line each:
# expression, arrow, compact JSON or the class of the error), "shell" (commands
# after "$ " and what they print). Every function has to have an example.
set -eu
page=$AZ_SRCDIR/docs/azdeck-query.7
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
PATH=$AZ_BUILDDIR:$PATH
export PATH

# blocks KIND: the lines of all blocks of that kind, as a reader sees them.
blocks() {
	awk -v kind="$1" '
		$1 == ".\\\"" && $2 == kind && NF == 2 { is_next = 1; next }
		/^\.Bd/ && is_next { inside = 1; is_next = 0; next }
		/^\.Ed/ { inside = 0 }
		inside' "$page" | sed 's/\\&//g; s/\\(:u/ü/g; s/\\e/\\/g'
}

# What the program made of an expression: its output, or the class of its error.
run() {
	azdeck query --compact -- "$1" "$dir/estate.json" 2>"$dir/err" && return
	sed -n '1s/^azdeck: query: \([a-z-]*\): .*/\1/p' "$dir/err"
}

examples() {
	blocks examples | while IFS= read -r line; do
		want=${line#* \\(-> }
		expression=${line%% \\(-> *}
		got=$(run "$expression")
		[ "$got" = "$want" ] || printf '%s\n   the page: %s\n   azdeck:   %s\n' \
			"$expression" "$want" "$got"
	done
}

# A command is a line; what follows up to the next is what it prints.
shell() {
	blocks shell >"$dir/session"
	sed -n 's/^\$ //p' "$dir/session" | while IFS= read -r command; do
		printf '$ %s\n' "$command"
		(cd "$dir" && eval "$command") 2>&1 || true
	done >"$dir/replayed"
	diff "$dir/session" "$dir/replayed" || true
}

# Functions of the table that no example calls.
unnamed() {
	sed -n -e 's/^\t\(STD\|OWN\)(\([a-z_]*\),.*/\2/p' \
		-e 's/^\t{ \.name = "\([a-z_]*\)".*/\1/p' \
		"$AZ_SRCDIR/core/query/function.c" >"$dir/functions"
	blocks examples >"$dir/examples"
	while read -r name; do
		grep -q "\(^\|[^a-z_]\)$name(" "$dir/examples" || echo "$name: no example"
		grep -q "^\.It Fn $name\( \|\$\)" "$page" || echo "$name: not described"
	done <"$dir/functions"
}

blocks document >"$dir/estate.json"
{
	examples
	shell
	unnamed
} >"$dir/differences"
count=$(blocks examples | wc -l)
functions=$(wc -l <"$dir/functions")
echo "$count examples, $functions functions"
cat "$dir/differences"
[ "$count" -ge 130 ] && [ "$functions" -ge 45 ] && [ ! -s "$dir/differences" ]
