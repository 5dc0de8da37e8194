#!/bin/sh
# A board whose answers hold secrets: nothing of them is in what it prints, in what
# recorded answers decode to, or on disk. A board that asks the same without saying
# so, and wants it kept, shows that they would be found. Skips (77) without curl.
set -eu

. "${AZ_SRCDIR:-.}/tests/sim/serve.sh"
need curl

serve sim
export XDG_STATE_HOME="$dir/state" XDG_CONFIG_HOME="$dir/config" XDG_DATA_HOME="$dir/data"
TOKEN=$(token_of reader)
export TOKEN
mkdir -p "$XDG_CONFIG_HOME/azdeck/boards"
echo "{\"connections\":[{\"name\":\"azure\",\"kind\":\"arm\",\"base\":\"$url\"," \
	"\"credential\":\"env:TOKEN\"}]}" >"$XDG_CONFIG_HOME/azdeck/config.json"
secret='Password=sample'

"$deck" show identity-posture >"$dir/table"
"$deck" show identity-posture -o json >"$dir/json"
check "there are rows" "$(grep -c 'password' "$dir/table" | sed 's/^[1-9][0-9]*$/some/')" some
check "nothing is printed" "$(grep -c -e "$secret" -e 'sig=sample' "$dir/table" "$dir/json" |
	sed 's/.*://' | sort -u)" 0
check "nothing is on disk" "$(grep -r -l -F "$secret" "$dir/state" "$dir/data" 2>/dev/null | wc -l)" 0

app=$(curl -s -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \
	-d '{"query":"resources | where type =~ '"'microsoft.web/sites'"' and name =~ '"'app-qodex-legacy'"'"}' \
	"$url/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01" |
	sed 's/.*"id":"\([^"]*\)".*/\1/')
curl -s -X POST -H "Authorization: Bearer $TOKEN" -d '' \
	"$url$app/config/connectionstrings/list?api-version=2024-04-01" >"$dir/answer.json"
check "the answer has it" "$(grep -c -F "$secret" "$dir/answer.json")" 1
"$deck" decode identity-posture --request strings "$dir/answer.json" >"$dir/decoded"
check "it decodes" "$(grep -c '"holds": *"password"' "$dir/decoded")" 1
check "and is not in the rows" "$(grep -c -F "$secret" "$dir/decoded" || :)" 0

# The same, by somebody who did not think of it.
cat >"$XDG_CONFIG_HOME/azdeck/boards/careless.json" <<BOARD
{"title": "Careless", "category": "test", "about": "A.",
 "requests": {"strings": {"post": "$app/config/connectionstrings/list?api-version=2024-04-01",
   "read": true, "every": "2h", "keep": true}},
 "rows": "items(strings.properties)[].{name: [0]}", "key": "name",
 "columns": [{"name": "name", "title": "NAME", "value": "name"}]}
BOARD
"$deck" show careless >"$dir/careless"
check "a board that keeps it is seen to" \
	"$(grep -r -l -F "$secret" "$dir/state" | wc -l)" 1
checked
