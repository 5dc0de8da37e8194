#!/bin/sh
# What the documents show works: the sample configuration against the simulator, the
# worked example of a board, and every key of a board is in the manual.
set -u
. "${AZ_SRCDIR:-.}/tests/docs/report.sh"
page=$src/docs/azdeck-boards.5
boards=$dir/azdeck/boards
sim=
stop() {
	[ -z "$sim" ] || kill "$sim"
	rm -rf "$dir"
}
trap stop EXIT
mkdir -p "$boards"

# sample NAME: the lines of azdeck(1) between its marks, without macros.
sample() {
	sed -n "/^\.\\\\\" $1: begin/,/^\.\\\\\" $1: end/p" "$src/docs/azdeck.1" | grep -v '^\.'
}

# The sample of azdeck(1) and that of the README, asked of the simulator. Nobody is
# there to enter a code.
sample config >"$dir/manual.json"
sed -n '/^```json/,/^```/p' "$src/README.md" | grep -v '^```' >"$dir/readme.json"
mkfifo "$dir/url"
"$azdeck" sim --listen 127.0.0.1:0 >"$dir/url" 2>/dev/null &
sim=$!
read -r url <"$dir/url"
if command -v curl >/dev/null; then
	token=$(curl -s -d 'grant_type=client_credentials&client_id=test' \
		"$url/contoso.example/oauth2/v2.0/token" |
		"$azdeck" query --raw access_token -)
	for from in manual readme; do
		sed -e 's|"credential": "me"|"credential": "env:AZURE_TOKEN"|' \
			-e "s|\"kind\": \"arm\"|&, \"base\": \"$url\"|" \
			-e "s|\"kind\": \"devops\"|&, \"base\": \"$url/_devops/contoso\"|" \
			"$dir/$from.json" >"$dir/config.json"
		for board in subscriptions agent-pools; do
			: >"$dir/why"
			AZURE_TOKEN=$token DEVOPS_TOKEN=$token "$azdeck" show "$board" -o json \
				--query 'length(@)' --config "$dir/config.json" \
				>"$dir/rows" 2>"$dir/why"
			[ "$(cat "$dir/rows")" -gt 1 ] 2>/dev/null || cat "$dir/rows" >>"$dir/why"
			report "the sample configuration of the $from: $board" "$dir/why"
		done
	done
else
	echo "# curl is not installed, so the sample configurations are not tried"
fi

# A theme and a keymap of one's own.
mkdir -p "$dir/azdeck/themes" "$dir/azdeck/keymaps"
sample theme >"$dir/azdeck/themes/mine.json"
"$azdeck" themes mine >"$dir/out" 2>"$dir/why"
grep -q '^mine: dark, with orange' "$dir/out" || cat "$dir/out" >>"$dir/why"
report "the sample theme loads" "$dir/why"
sample keymap >"$dir/azdeck/keymaps/mine.json"
"$azdeck" keys mine >"$dir/out" 2>"$dir/why"
grep -q '^  g s  *board BOARD ' "$dir/out" || cat "$dir/out" >>"$dir/why"
report "the sample keymap loads" "$dir/why"

# The worked example: first literal text of its section.
awk '/^\.Sh / { here = /WORKED EXAMPLE/ }
	/^\.Bd/ && here && !seen { seen = copy = 1; next }
	/^\.Ed/ { copy = 0 }
	copy' "$page" >"$boards/addresses.json"
"$azdeck" boards >"$dir/list" 2>"$dir/why"
grep -q '^addresses ' "$dir/list" || echo "azdeck boards does not list it" >>"$dir/why"
report "the worked example loads" "$dir/why"

cat >"$dir/answer.json" <<'E'
{"value": [
  {"id": "/subscriptions/0001/resourceGroups/rg/providers/Microsoft.Network/publicIPAddresses/pip-free",
   "name": "pip-free", "properties": {"ipAddress": "203.0.113.7"}},
  {"id": "/subscriptions/0001/resourceGroups/rg/providers/Microsoft.Network/publicIPAddresses/pip-used",
   "name": "pip-used",
   "properties": {"ipAddress": "203.0.113.8", "ipConfiguration": {"id": "/x"}}}
]}
E
"$azdeck" decode "$boards/addresses.json" --request ips "$dir/answer.json" 2>"$dir/why" |
	"$azdeck" query --compact '[].[name, use, severity, address]' >"$dir/rows" 2>>"$dir/why"
echo '[["pip-free","idle","warn","203.0.113.7"],["pip-used","used","ok","203.0.113.8"]]' |
	diff - "$dir/rows" >>"$dir/why"
report "the worked example decodes an answer" "$dir/why"

# The reader's own lists of keys, from the C text: a list a statement.
cat "$src"/core/board/def*.c | awk 'BEGIN { RS = ";" }
	/def_only\(|root_keys\[\] =/ {
		while (match($0, /"[^"]*"/)) {
			print substr($0, RSTART + 1, RLENGTH - 2)
			$0 = substr($0, RSTART + RLENGTH)
		}
	}' | tr -s ' ' '\n' | grep . | sort -u >"$dir/keys"
: >"$dir/why"
[ "$(wc -l <"$dir/keys")" -gt 30 ] || echo "no keys found in core/board" >"$dir/why"
while read -r key; do
	grep -Eq "^\.(It )?Cm (.* )?$key( |\$)" "$page" || echo "$key is not documented" >>"$dir/why"
done <"$dir/keys"
report "every key of a board is documented" "$dir/why"
finish
