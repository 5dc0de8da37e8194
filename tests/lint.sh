#!/bin/sh
# lint.sh SRCDIR: the rules of the house, one check each, each naming the places
# that break it. Leaves "PASSED FAILED" in ./lint.result for the summary.
# What may break a rule stands in tests/lint.allow with its reason.
set -u
build=$(pwd)
cd "$1" || exit 2
: >"$build/lint.passed"
: >"$build/lint.failed"
code=$(find core tui tests -name '*.[ch]' ! -name embedded.c | sort)
product=$(find core tui -name '*.[ch]' ! -name embedded.c | sort)

# report NAME: the offenders come on standard input, one a line.
report() {
	allowed=$(sed -n "s/^$1 \([^ ]*\).*/\1/p" tests/lint.allow)
	offenders=$(cat)
	for path in $allowed; do
		offenders=$(printf '%s\n' "$offenders" | grep -v "^$path[: ]")
	done
	if [ -n "$offenders" ]; then
		echo "$1" >>"$build/lint.failed"
		printf 'lint: %s\n' "$1"
		printf '%s\n' "$offenders" | head -n 20 | sed 's/^/    /'
	else
		echo "$1" >>"$build/lint.passed"
	fi
}

# matching NAME PATTERN FILES EXCEPT: lines of FILES but those of files in EXCEPT,
# with comments and texts left out.
matching() {
	files=$(printf '%s\n' "$3" | grep -v -E "$4")
	# shellcheck disable=SC2086
	awk -v pattern="$2" '
		FNR == 1 { in_comment = 0 }
		{
			line = $0
			gsub(/"([^"\\]|\\.)*"/, "\"\"", line)
			gsub(/\/\*([^*]|\*[^\/])*\*\//, " ", line)
			if (in_comment && match(line, /\*\//)) { line = substr(line, RSTART + 2); in_comment = 0 }
			if (in_comment) next
			if (match(line, /\/\*/)) { line = substr(line, 1, RSTART - 1); in_comment = 1 }
			if (line ~ pattern) print FILENAME ":" FNR ": " $0
		}' $files | report "$1"
}

# includes NAME LAYER FORBIDDEN: no file of LAYER includes FORBIDDEN (both ERE).
includes() {
	printf '%s\n' "$product" | grep -E "^($2)" | xargs -r grep -nE "^#include \"($3)" |
		report "$1"
}

# Sizes.
wc -l $code | awk '$2 != "total" && $1 > 600 {print $2 ": " $1 " lines"}' | report file-size
# shellcheck disable=SC2086
awk 'length($0) > 100 && !/https?:/ {print FILENAME ":" FNR ": " length($0)}' \
	$code | report line-length
# shellcheck disable=SC2086
awk 'FNR == 1 { start = 0 }
	/^\{/ { start = FNR }
	/^\}/ && start { if (FNR - start - 1 > 60) print FILENAME ":" start ": " FNR - start - 1 " lines"; start = 0 }
	' $product | report function-size
# shellcheck disable=SC2086
grep -L '^/\*' $code | report file-comment
printf '%s\n' "$product" | grep -iE '/(util|common|misc|helpers?|managers?)[a-z_]*\.[ch]$' | report file-name

# Layers: includes point one way.
includes core-without-tui 'core/' 'tui/'
includes product-without-tests '(core|tui)/' '(tests|bench|e2e|fake|fuzz|leash|screen|unit|wire)/'
includes base-is-lowest 'core/base/' 'query|schedule|stream|net|config|auth|azure|board|store|sim|live|worker|cli|act/'
includes query-above-base 'core/query/' 'schedule|stream|net|config|auth|azure|board|store|sim|live|worker|cli|act/'
includes schedule-above-base 'core/schedule/' 'query|stream|net|config|auth|azure|board|store|sim|live|worker|cli|act/'
includes stream-above-base 'core/stream/' 'query|schedule|net|config|auth|azure|board|store|sim|live|worker|cli|act/'
includes config-above-base 'core/config/' 'query|schedule|stream|net|auth|azure|board|store|sim|live|worker|cli|act/'
includes net-above-base 'core/net/' 'query|schedule|stream|config/|auth|azure|board|store|sim|live|worker|cli|act/'
includes auth-above-net 'core/auth/' 'query|schedule|stream|azure|board|store|sim|live|worker|cli|act/'
includes azure-above-auth 'core/azure/' 'query|schedule|board|store|sim|live|worker|cli|act/'
includes agents-above-board 'core/agents/' 'store|sim|live|worker|cli|cost|sql|dr|act/'
includes cost-above-board 'core/cost/' 'store|sim|live|worker|cli|act/'
includes board-above-azure 'core/board/' 'cost|sql|dr|handover|store|sim|live|worker|cli|act/'
includes sql-above-board 'core/sql/' 'stream|cost|dr|store|sim|live|worker|cli|act/'
includes dr-above-board 'core/dr/' 'schedule|stream|cost|sql|store|sim|live|worker|cli|act/'
includes act-above-board 'core/act/' 'cost|sql|agents|dr|store|sim|live|worker|cli'
# A model may propose a change; nothing of its reaches what approves or runs one, nor
# through a header in between.
includes ai-never-acts 'core/(ai|answer|guide)/' '(act/(approve|run)|worker/(change|ledger))'
# Whatever a model's code includes, and that which checks and makes answers, through
# however many headers. A folder without files would prove nothing.
reached=$(printf '%s\n' "$product" | grep -E '^core/(ai|answer|guide)/' | sort -u)
for dir in ai answer guide; do
	printf '%s\n' "$reached" | grep -q "^core/$dir/" || echo "core/$dir: there are no files"
done | report ai-is-there
while :; do
	# shellcheck disable=SC2086
	more=$(sed -n 's/^#include "\(.*\)"/core\/\1/p' $reached | sort -u |
		while read -r f; do [ -f "$f" ] && echo "$f"; done)
	all=$(printf '%s\n' "$reached" "$more" | sort -u)
	[ "$all" = "$reached" ] && break
	reached=$all
done
printf '%s\n' "$reached" | grep -E '^core/(act/(approve|run)|worker/(change|ledger))' |
	report ai-reaches-no-runner
includes act-headers-hide-runs 'core/act/([^ar]|a[^p]|r[^u])[a-z0-9_]*\.h' 'act/(approve|run)'
includes handover-above-board 'core/handover/' 'net|schedule|stream|cost|sql|agents|dr|act|store|sim|live|worker|cli'
includes ai-above-act 'core/ai/' 'guide|store|sim|live|worker|cli|stream'
includes answer-above-knowledge 'core/answer/' 'net|auth|azure|cost|sql|agents|dr|act|ai|guide|handover|store|sim|live|worker|cli|stream'
includes guide-above-answer 'core/guide/' 'net|auth|azure|cost|sql|agents|dr|act|ai|handover|store|sim|live|worker|cli|stream'
includes store-above-board 'core/store/' 'sim|live|worker|cli|act/'
includes knowledge-above-store 'core/knowledge/' 'query|schedule|stream|net|auth|azure|cost|sql|agents|dr|act/|handover|sim|live|worker|cli'
includes sim-is-a-peer 'core/sim/' 'stream|auth|azure|board|store|query|live|worker|cli|act/'
includes live-above-azure 'core/live/' 'query|schedule|board|store|sim|worker|cli|act/'
includes worker-below-cli 'core/worker/' 'cli'
includes widgets-below-panes 'tui/widget/' 'tui/pane/|tui/app'

# Gatekeepers.
matching only-term-has-curses '#include <(ncurses|curses|term)' "$product" '^tui/term'
matching only-http-has-curl '#include <curl' "$product" '^core/net/http'
matching only-store-has-sqlite '#include <sqlite' "$product" '^core/store/db[_a-z]*\.[ch]'
matching only-chat-has-md4c '#include <md4c' "$product" '^tui/chat/markdown'
matching only-few-unpack '#include <zlib' "$product" '^core/(stream/gunzip(_at|_points)?|board/packed)\.c'
matching only-signer-signs 'crypto_sign_' "$product" '^core/act/sign(er|_key)\.c'
matching only-sim-serves '#include <microhttpd' "$product" '^core/sim/'
matching only-clock-knows-time '(clock_gettime|gettimeofday|[^_a-z]time)\(' "$product" '^core/base/clock\.c'
matching only-config-has-environment '(getenv|setenv)\(' "$product" '^core/config/env\.c'
matching only-late-loads '[^_a-z]dl(open|sym)\(' "$product" '^core/base/late\.c'
matching only-few-lock '(pthread_mutex|pthread_rwlock|pthread_cond|[^g]_atomic_|[^_a-z]atomic_)[a-z_]*' "$product" \
	'^core/base/(mailbox|ref)|^core/stream/ring'

# Banned.
matching banned-calls \
	'(^|[^_a-zA-Z0-9])(strcpy|strcat|sprintf|vsprintf|strtok|atoi|atol|atof|gets|alloca|system|popen)\(' \
	"$product" '^$'
matching raw-allocation '(^|[^_a-zA-Z0-9.>])(malloc|calloc|realloc|strdup|strndup)\(' "$product" \
	'^core/base/xalloc\.c'
matching no-typedef-structs '^typedef (struct|enum|union)' "$product" '^$'
matching unfinished '(TODO|FIXME|XXX|HACK)' "$code" '^$'
# shellcheck disable=SC2086
grep -nE '(TODO|FIXME|XXX:|HACK)' $code | grep -v 'XXXXXX' | report unfinished-comments
git grep -nIE '(^|[^.a-z])/(home|root|work|tmp/wt)/' -- . 2>/dev/null | report machine-paths

# Tables in the order they promise.
if [ -f tui/commands.c ]; then
	cat tui/commands*.c | sed -n 's/^\t*{*\.name = "\([^"]*\)".*/\1/p' >"$build/lint.list"
	sort -c "$build/lint.list" 2>&1 | report command-order
	rm -f "$build/lint.list"
fi
for keep in boards:core/boards themes:themes keymaps:keymaps; do
	dir=${keep#*:}
	find "$dir" -name '*.json' 2>/dev/null | sort | while read -r f; do
		grep -q "$f" "$dir/module.am" || echo "$f: is not in $dir/module.am"
	done | report "listed-${keep%%:*}"
done

find docs/runbooks -name '*.md' | sort | while read -r f; do
	grep -q "$f" core/knowledge/module.am || echo "$f: is not in core/knowledge/module.am"
done | report listed-runbooks

# Tools that may be absent say so.
format=$(command -v clang-format-14 || command -v clang-format)
if [ -n "$format" ] && "$format" --version | grep -q 'version 14'; then
	printf '%s\n' "$code" | xargs "$format" --dry-run 2>&1 |
		sed -n 's/^\([^ ]*:[0-9]*\):.*/\1: not as clang-format has it/p' | sort -u | report format
else
	echo 'lint: clang-format 14 is not here, so the format is not checked'
fi
if command -v codespell >/dev/null 2>&1; then
	# What people type has slips, and orders to models come in other languages.
	git ls-files | grep -vE 'fuzz/corpus|\.golden$|utf8_table|tests/guide/|core/guide/(unsafe|concepts|shorthand)|leash/attacks|test_guide_understand|test_chat' |
		xargs codespell -q 7 -L 'pullrequest,pullrequests,nd,ot,nothin,iterm,te,occured,fo,ba,als,aks,ist,fle,wasn' 2>/dev/null | report spelling
else
	echo 'lint: codespell is not here, so the spelling is not checked'
fi
if command -v mandoc >/dev/null 2>&1; then
	find docs -name '*.[1-8]' -exec mandoc -T lint -W warning {} + 2>&1 | report manual-pages
else
	echo 'lint: mandoc is not here, so the manual pages are not checked'
fi

# A check runs at the end of a pipe, so its result is kept in a file.
passed=$(wc -l <"$build/lint.passed")
failed=$(wc -l <"$build/lint.failed")
rm -f "$build/lint.passed" "$build/lint.failed"
echo "$passed $failed" >"$build/lint.result"
echo "lint: $passed checks passed, $failed failed"
[ "$failed" -eq 0 ]
