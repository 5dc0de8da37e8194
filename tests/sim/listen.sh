#!/bin/sh
# `azdeck sim` as a script meets it: the URL comes first and alone, curl is served
# over one kept connection, bad use is one clear line, a signal ends it. Skips (77)
# without curl.
set -eu

. "${AZ_SRCDIR:-.}/tests/sim/serve.sh"
need curl

serve one --seed 7
check "the first line is the URL" "${url%:*}" "http://127.0.0.1"
token=$(token_of a)
auth="Authorization: Bearer $token"
subs="$url/subscriptions?api-version=2022-12-01"
check "a token opens the door" \
	"$(curl -s -H "$auth" -o "$dir/subs.1" -w '%{http_code}' "$subs")" 200
check "three answers, one connection" \
	"$(curl -s -H "$auth" -w '%{num_connects} ' "$subs" -o "$dir/a" "$subs" \
		-o "$dir/b" "$subs" -o "$dir/c")" "1 0 0 "
check "a bad secret is told" \
	"$(curl -s -d 'grant_type=client_credentials&client_secret=wrong' -o "$dir/d" \
		-w '%{http_code}' "$url/common/oauth2/v2.0/token")" 401
check "HEAD has no body" "$(curl -s -I -o "$dir/h" -w '%{size_download}' "$subs")" 0
head -c 300000 /dev/zero >"$dir/big"
check "a big body is refused" \
	"$(curl -s -H "$auth" --data-binary "@$dir/big" -o "$dir/e" -w '%{http_code}' \
		"$url/common/oauth2/v2.0/token")" 413

set +e
"$deck" sim --listen "${url#http://}" >"$dir/taken.out" 2>"$dir/taken.err"
check "a taken port is exit 5" $? 5
check "and one line" "$(wc -l <"$dir/taken.err")$(wc -c <"$dir/taken.out")" 10
for bad in "--listen nowhere" "--seed x" "--speed 0" "--speed -3" "--tea 1" "--seed"; do
	# shellcheck disable=SC2086 # two words
	"$deck" sim $bad >"$dir/bad.out" 2>"$dir/bad.err"
	check "$bad is exit 2" "$?$(wc -l <"$dir/bad.err")$(wc -c <"$dir/bad.out")" 210
done
set -e

first=$pid
serve two --seed=7 --speed=1000
curl -s -H "$auth" -o "$dir/subs.2" "$url/subscriptions?api-version=2022-12-01"
check "the same seed takes the same token and says the same" \
	"$(cmp "$dir/subs.1" "$dir/subs.2" && echo same)" same
kill "$first" "$pid"
for p in "$first" "$pid"; do
	status=0
	wait "$p" || status=$?
	check "a signal ends it well" "$status" 0
done
checked
