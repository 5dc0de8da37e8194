#!/bin/sh
# `azdeck query` as a script sees it: what is printed where, with which exit code.
# Back quotes in single quotes are the language's.
# shellcheck disable=SC2016
set -u
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
PATH=$AZ_BUILDDIR:$PATH
export PATH
cd "$dir" || exit 2
failures=0 count=0

# same NAME GOT WANT
same() {
	count=$((count + 1))
	[ "$2" = "$3" ] && return
	failures=$((failures + 1))
	printf '%s\n   got:  %s\n   want: %s\n' "$1" "$2" "$3"
}

# runs NAME EXIT-CODE OUTPUT ERRORS ARGUMENT... : standard input is ./input.
runs() {
	name=$1 want_code=$2 want_out=$3 want_err=$4
	shift 4
	azdeck query "$@" <input >out 2>err
	same "$name: exit code" "$?" "$want_code"
	same "$name: output" "$(cat out)" "$want_out"
	same "$name: errors" "$(cat err)" "$want_err"
}

# The text of an error and the lines under it.
said() {
	printf 'azdeck: query: %s' "$1"
	shift
	for line; do printf '\n  %s' "$line"; done
}

printf '{"a": [1, {"b": "x\\ty"}], "n": null}' >input
printf '{"a": 5}' >file.json

runs 'standard input' 0 '[
  1,
  {
    "b": "x\ty"
  }
]' '' a
runs 'the same by name' 0 '1' '' 'a[0]' -
runs 'a file' 0 '5' '' a file.json
runs 'compact' 0 '[1,{"b":"x\ty"}]' '' -c a
runs 'compact, long' 0 '[1,{"b":"x\ty"}]' '' a --compact
runs 'raw' 0 "$(printf 'x\ty')" '' --raw 'a[1].b'
runs 'raw of no text' 0 '1' '' -r 'a[0]'
runs 'null' 0 'null' '' n
runs 'empty list' 0 '[]' '' 'a[?`false`]'
runs 'after --' 0 '5' '' -- a file.json

# Every class, its exit code, and the caret.
runs 'syntax' 2 '' "$(said "syntax: expected a number, ':' or '*', not the end" 'a[' '  ^')" 'a['
runs 'invalid-type' 2 '' \
	"$(said 'invalid-type: abs() takes number as argument 1, not array' 'n || abs(a)' '         ^')" \
	'n || abs(a)'
runs 'invalid-value' 2 '' "$(said 'invalid-value: the step of a slice cannot be 0' 'a[::0]' '  ^')" 'a[::0]'
runs 'invalid-arity' 2 '' "$(said 'invalid-arity: abs() takes 1 argument, not 2' '[abs(a, n)]' ' ^')" '[abs(a, n)]'
runs 'unknown-function' 2 '' \
	"$(said 'unknown-function: there is no function nope(); see azdeck-query(7)' 'a | nope(@)' '    ^')" \
	'a | nope(@)'
runs 'empty expression' 2 '' "$(said 'syntax: expected an expression, not the end' '' '^')" ''

# The caret stands where a person sees the place.
runs 'in the second line' 2 '' "$(said "syntax: '#' means nothing here" ' b #' '   ^')" "$(printf 'a |\n b #')"
runs 'after a tab' 2 '' "$(said "syntax: '#' means nothing here" ' a #' '   ^')" "$(printf '\ta #')"
runs 'after wide characters' 2 '' "$(said "syntax: '#' means nothing here" "'日本' #" '       ^')" "'日本' #"
runs 'no escape sequence' 2 '' "$(said 'syntax: a string is not closed' "'red" '^')" "$(printf "'\033[31mred")"
long=$(printf '%080d' 0 | tr 0 a)
runs 'in a long line' 2 '' \
	"$(said "syntax: '#' means nothing here" "...$(printf '%.56s' "$long") # $(printf '%.34s' "$long")..." "$(printf '%60s^' '')")" \
	"$long # $long"

# The document.
runs 'no such file' 6 '' 'azdeck: query: cannot open none.json: No such file or directory' a none.json
runs 'a folder' 3 '' 'azdeck: query: cannot read .: Is a directory' a .
printf '{"a": 1,\n "b": }' >broken.json
runs 'broken document' 5 '' 'azdeck: query: broken.json: line 2, column 7: expected a value' a broken.json
printf '{"a": 1' >input
runs 'broken input' 5 '' 'azdeck: query: standard input: line 1, column 8: the text ends too early' a
: >input
runs 'empty input' 5 '' 'azdeck: query: standard input: line 1, column 1: the text ends too early' a
head -c 100000 /dev/zero | tr '\0' '[' >deep.json
runs 'deep document' 5 '' 'azdeck: query: deep.json: line 1, column 129: nested too deep' a deep.json
truncate -s 300M huge.json
runs 'huge document' 5 '' 'azdeck: query: huge.json is larger than 268435456 bytes' a huge.json
rm huge.json

# The command line.
runs 'no expression' 2 '' 'azdeck: query: EXPR is missing; `azdeck help query` says more'
runs 'two files' 2 '' 'azdeck: query: one file at most' a b c
runs 'unknown option' 2 '' \
	'azdeck: query: there is no option "--colour"; `azdeck help query` lists what there is' a --colour
runs 'long expression' 2 '' \
	"$(said 'syntax: the expression is longer than 65536 bytes' "$(printf '%.96s' "$long$long")..." '^')" \
	"$(head -c 70000 /dev/zero | tr '\0' a)"

# Where the output goes. A reader that has seen enough is no error; a full disk is.
awk 'BEGIN { print "["; for (i = 0; i < 200000; i++) print i ","; print "0]" }' >large.json
first=$(azdeck query '@' large.json 2>err | head -n 1)
same 'closed pipe: output' "$first" '['
same 'closed pipe: errors' "$(cat err)" ''
if [ -e /dev/full ]; then
	azdeck query '@' large.json >/dev/full 2>err
	same 'full disk: exit code' "$?" 3
	same 'full disk: errors' "$(cat err)" 'azdeck: cannot write the output: No space left on device'
fi

# Escape sequences in a document reach no terminal.
printf '["\\u001b[31m\\u007f\\u009b\302\233red"]' >evil.json
runs 'escapes stay escaped' 0 '["\u001b[31m\u007f\u009b\u009bred"]' '' -c '@' evil.json

echo "$count comparisons, $failures differ"
[ "$failures" -eq 0 ] && [ "$count" -gt 90 ]
