#!/bin/sh
# `azdeck logs --grep TEXT --count` against `grep -c -F`, and --regex against
# `grep -c -P`, over files made to be awkward: no last newline, carriage returns, NULs,
# bytes that are no UTF-8, lines longer than any buffer, nothing at all.
set -eu
deck="${AZ_BUILDDIR:-.}/azdeck"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
n=0
bad=0
check() {
	n=$((n + 1))
	if [ "$2" = "$3" ]; then
		echo "ok $n - $1"
	else
		bad=$((bad + 1))
		echo "not ok $n - $1"
		printf '%s\n' "got:" "$2" "want:" "$3" | sed 's/^/# /'
	fi
}

: >empty
printf '\n' >newline
printf 'error' >no-end
printf 'one error\ntwo\nerror error\nlast erro' >short
printf 'error one\r\ntwo\r\n\r\nerror\r' >crlf
printf 'a\0error\0b\nerror\0error\n\0\0\0\nlast\0' >nuls
printf 'caf\303\251 error\n\377\376 error \303\n\351rror\n\303\211RROR\n' >bytes
awk 'BEGIN { srand(7); split("error Error warn e rr or [x] . \\ *", w, " ");
	for (i = 0; i < 40000; i++) { line = ""; k = int(rand() * 12);
		for (j = 0; j < k; j++) line = line w[1 + int(rand() * 10)] (rand() < .5 ? " " : "");
		print line } }' >words
awk 'BEGIN { for (i = 0; i < 3; i++) { for (j = 0; j < 70000; j++) printf "abcdefgh"; if (i < 2) print "error" } }' >long
awk 'BEGIN { for (j = 0; j < 300000; j++) printf "a"; print "b"; for (j = 0; j < 300000; j++) printf "a" }' >runs
# The text on both sides of where one read ends and the next begins.
awk 'BEGIN { for (j = 0; j < 131068; j++) printf "x"; print "error"; for (j = 0; j < 131060; j++) printf "y"; print "error" }' >edge
cat short crlf nuls words bytes >mixed
files=$(ls)

for options in '' -i -v '-i -v'; do
	ours=
	for o in $options; do
		case $o in
		-i) ours="$ours --ignore-case" ;;
		-v) ours="$ours --invert" ;;
		esac
	done
	while IFS= read -r text; do
		# What never matches grep does not even read.
		case "$options:$text" in *-v:) continue ;; esac
		# shellcheck disable=SC2086
		check "grep -c -F $options: '$text'" \
			"$("$deck" logs --count $ours --grep "$text" $files 2>&1)" \
			"$(LC_ALL=C grep -c -F $options -e "$text" $files || :)"
	done <<-'END'

		error
		e
		or
		rr or
		Error
		[x]
		\
		zebra
		aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab
		aab
		habcdefghabcdefghabcdefgherror
		café
	END
	# shellcheck disable=SC2086
	check "any of two texts $options" \
		"$("$deck" logs --count $ours --grep "$(printf 'warn\n[x]')" $files)" \
		"$(LC_ALL=C grep -c -F $options -e "$(printf 'warn\n[x]')" $files || :)"
done
check "one file has no name before its count" "$("$deck" logs --count --grep error short)" 2
check "standard input" "$("$deck" logs --count --grep error <words)" "$(grep -c -F error words)"
check "a pipe" "$(cat words long | "$deck" logs --grep error --count -)" \
	"$(cat words long | grep -c -F error)"
check "standard input among files" "$("$deck" logs --grep error --count - short <words)" \
	"$(grep -c -F error - short <words)"
check "lines of all files" "$("$deck" logs --count $files)" "$(LC_ALL=C grep -c -F '' $files || :)"

if echo a | grep -q -P a 2>/dev/null; then
	for re in 'err(or)?$' '^e' 'e\s+r' 'W|w' '\bor\b' '^$'; do
		check "grep -c -P $re" "$("$deck" logs --count --regex "$re" words short empty)" \
			"$(grep -c -P -e "$re" words short empty || :)"
		check "grep -P $re" "$("$deck" logs --regex "$re" words | cksum)" \
			"$(grep -P -e "$re" words | cksum)"
	done
else
	echo '# this grep has no -P, so patterns are not compared'
fi

for text in error '' 'rr or' zebra; do
	check "lines with '$text'" "$("$deck" logs --grep "$text" words | cksum)" \
		"$(grep -F -e "$text" words | cksum)"
	check "lines without '$text'" "$("$deck" logs --invert --grep "$text" words | cksum)" \
		"$(grep -v -F -e "$text" words | cksum)"
	check "lines with '$text' of two files" "$("$deck" logs --grep "$text" short long | cksum)" \
		"$(grep -F -e "$text" short long | cksum)"
done
printf '%s\n' "$(cat bytes)" "$(tr -d '\0' <crlf)" >want
check "bytes as they are" "$("$deck" logs bytes crlf | sed 's/^[a-z]*://' | cksum)" \
	"$(cksum <want)"
echo "1..$n"
[ "$bad" -eq 0 ]
