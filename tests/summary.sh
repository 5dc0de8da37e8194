#!/bin/sh
# summary.sh BUILD-DIR: adds up the results that `make check` left here and in the
# variants below, names what failed, and ends with the line "N passed, N failed".
cd "$1" || exit 2
find . -name '*.trs' | sort >summary.list
results=$(xargs cat <summary.list | sed -n 's/^:test-result: \([A-Z]*\).*/\1/p')
count() {
	printf '%s\n' "$results" | grep -c "^\($1\)\$"
}
passed=$(count 'PASS\|XFAIL')
failed=$(count 'FAIL\|XPASS\|ERROR')
skipped=$(count SKIP)
if [ -f lint.result ]; then
	read -r lint_passed lint_failed <lint.result
	passed=$((passed + lint_passed))
	failed=$((failed + lint_failed))
fi
if [ "$failed" -gt 0 ]; then
	xargs grep -lE '^:test-result: (FAIL|XPASS|ERROR)' <summary.list | while read -r trs; do
		echo "FAILED ${trs%.trs}"
		grep -E '^:test-result: (FAIL|XPASS|ERROR)' "$trs" | cut -d: -f3- | head -n 20
		tail -n 30 "${trs%.trs}.log"
	done
fi
rm -f summary.list
line="$passed passed, $failed failed"
[ "$skipped" -eq 0 ] || line="$line, $skipped skipped"
echo "$line"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
