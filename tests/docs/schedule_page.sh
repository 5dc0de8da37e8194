#!/bin/sh
# Runs every example of azdeck-schedule(7) and compares what comes out with what the
# page shows: blocks that a comment "shell" stands before hold commands after "$ " and
# what they print. Every key of the grammar and every escape is described.
set -u
. "${AZ_SRCDIR:-.}/tests/docs/report.sh"
page=$src/docs/azdeck-schedule.7
PATH=$(dirname "$azdeck"):$PATH
export PATH

awk '$1 == ".\\\"" && $2 == "shell" { is_next = 1; next }
	/^\.Bd/ && is_next { inside = 1; is_next = 0; next }
	/^\.Ed/ { inside = 0 }
	inside' "$page" | sed 's/\\&//g; s/\\e/\\/g' >"$dir/session"
sed -n 's/^\$ //p' "$dir/session" | while IFS= read -r command; do
	printf '$ %s\n' "$command"
	eval "$command" 2>&1
done >"$dir/replayed"
diff "$dir/session" "$dir/replayed" >"$dir/why"
[ "$(grep -c '^\$' "$dir/session")" -ge 4 ] || echo "no examples found" >>"$dir/why"
report "the examples print what the page says" "$dir/why"

sed -n 's/^\t{"\([a-z-]*\)", PART_.*/\1/p' "$src/core/schedule/tag.c" >"$dir/keys"
[ "$(wc -l <"$dir/keys")" -ge 9 ] || echo "no keys found" >"$dir/why"
while read -r key; do
	grep -Eq "^\.It (.* , )?Cm $key( |\$)" "$page" || echo "$key"
done <"$dir/keys" >>"$dir/why"
report "every key is described" "$dir/why"

sed -n 's/.*escapable\[\] = "\(.*\)";/\1/p' "$src/core/schedule/escape.c" | sed 's/./&\n/g' |
	grep . >"$dir/signs"
[ "$(wc -l <"$dir/signs")" -ge 10 ] || echo "no signs found" >"$dir/why"
while IFS= read -r sign; do
	code=$(printf '%s' "$sign" | od -An -tx1 | tr -d ' ')
	grep -qF "u$code $sign" "$page" || echo "u$code $sign"
done <"$dir/signs" >>"$dir/why"
report "every escape is described" "$dir/why"
finish
