#!/bin/sh
# The terraform board against states that lie in Azurite, read over TLS with a bearer
# token, and resources of the simulator: what is managed, drifted, missing, tainted,
# deposed, elsewhere and unmanaged is counted by jq as well. Skips (77) where Azurite
# is not installed; `./bootstrap check` puts it where it is looked for.
set -eu

. "${AZ_SRCDIR:-.}/tests/peers/path.sh"

. "${AZ_SRCDIR:-.}/tests/sim/serve.sh"
case $deck in /*) ;; *) deck=$PWD/$deck ;; esac
need node openssl jq curl
need azurite-blob
cd "$dir"
# Nothing of it writes any more when the folder goes.
trap 'for p in $pids; do kill "$p" 2>/dev/null || :; wait "$p" 2>/dev/null || :; done; rm -rf "$dir"' EXIT

serve sim
sim=$url
SIM=$(token_of reader)
export SIM

openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 \
	-addext subjectAltName=IP:127.0.0.1 -keyout key.pem -out cert.pem 2>openssl.log

azurite-blob --blobHost 127.0.0.1 --blobPort 0 --inMemoryPersistence --disableTelemetry \
	--oauth basic --cert cert.pem --key key.pem --silent >azurite.log 2>&1 &
azurite=$!
pids="$pids $azurite"
tries=0
until blobs=$(sed -n 's/.*successfully listens on //p' azurite.log) && [ -n "$blobs" ]; do
	tries=$((tries + 1))
	[ "$tries" -lt 600 ] && kill -0 "$azurite" 2>/dev/null || {
		sed 's/^/# /' azurite.log
		echo "1..0 # SKIP Azurite does not start"
		exit 77
	}
	sleep .05
done
blobs=$blobs/devstoreaccount1

# Azurite reads a token's claims and does not look at its signature.
part() {
	openssl base64 -A | tr '+/' '-_' | tr -d =
}
token() { # AUDIENCE
	now=$(date +%s)
	printf '%s.%s.c2ln' "$(printf '{"typ":"JWT","alg":"RS256"}' | part)" \
		"$(printf '{"aud":"%s","iss":"https://sts.windows.net/%s/","iat":%s,"nbf":%s,"exp":%s}' \
			"$1" 5d1f3c7e-2b64-4a0e-9f58-c07a11e5dec4 "$now" "$now" $((now + 3600)) | part)"
}
BLOB=$(token https://storage.azure.com)
OTHER=$(token https://vault.azure.net)
export BLOB OTHER
put() { # PATH [OPTION...]
	path=$1
	shift
	curl -s -f -o put.log --cacert cert.pem -X PUT -H "Authorization: Bearer $BLOB" \
		-H 'x-ms-version: 2021-12-02' "$@" "$blobs/$path"
}
put 'tfstate?restype=container' -d ''

# Two states: one of Atlas' group, one of Qodex'.
curl -s -H "Authorization: Bearer $SIM" -H 'Content-Type: application/json' \
	-d '{"query":"resources","options":{"$top":1000,"resultFormat":"objectArray"}}' \
	"$sim/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01" >live.json
cat >states.jq <<'JQ'
def of($group): .data | map(select((.resourceGroup | ascii_downcase) == $group));
def kind($type): map(select((.type | ascii_downcase) == ($type | ascii_downcase)));
def resource($inside; $type; $name; $instances):
	{mode: "managed", type: $type, name: $name,
	 provider: "provider[\"registry.terraform.io/hashicorp/azurerm\"]", instances: $instances}
	+ if $inside then {"module": $inside} else {} end;
def attributes: {id, name, location, tags, resource_group_name: .resourceGroup};
def state($serial; $lineage; $resources):
	{version: 4, terraform_version: "1.9.8", serial: $serial, lineage: $lineage,
	 outputs: {password: {value: "not-to-be-shown", type: "string", sensitive: true}},
	 resources: $resources, check_results: null};
of("rg-atlas-prod-weu") as $atlas | of("rg-qodex-prod-weu") as $qodex |
($atlas | kind("microsoft.storage/storageaccounts")[0]) as $storage |
($atlas | kind("microsoft.sql/servers")[0]) as $sql |
($atlas | kind("microsoft.network/virtualnetworks")[0]) as $net |
($qodex | kind("microsoft.keyvault/vaults")[0]) as $vault |
{"atlas.tfstate": state(7; "3f8e1c52-8f0e-4a53-9c3e-2f5b7a6d9e10"; [
	resource(null; "azurerm_resource_group"; "atlas"; [{attributes:
		{id: ($net.id | split("/providers/")[0]), location: $net.location}}]),
	resource("module.network"; "azurerm_virtual_network"; "this"; [{attributes: ($net | attributes)}]),
	resource("module.network"; "azurerm_subnet"; "web"; [{index_key: 0, attributes:
		{id: ($net.id + "/subnets/web"), name: "web"}}]),
	resource("module.data[\"files\"]"; "azurerm_storage_account"; "this"; [
		{index_key: "files", attributes: ($storage | attributes + {account_tier: "Standard",
		 account_replication_type: "XRS", primary_access_key: "not-to-be-shown"})}]),
	resource("module.data[\"sql\"]"; "azurerm_mssql_server"; "this"; [
		{attributes: ($sql | attributes + {tags: {owner: "somebody else"}})},
		{deposed: "0a1b2c3d", attributes: ($sql | attributes)}]),
	resource(null; "random_password"; "admin"; [{index_key: 1, attributes:
		{id: "none", result: "not-to-be-shown"}}]),
	{mode: "data", type: "azurerm_client_config", name: "current", provider: "p", instances: [
		{attributes: {id: "x"}}]}]),
 "qodex.tfstate": state(12; "9b1a6f7e-52f0-4c6d-8a57-b0c1d2e3f405"; [
	resource("module.vault"; "azurerm_key_vault"; "this"; [
		{status: "tainted", attributes: ($vault | attributes)}]),
	resource("module.vault"; "azurerm_public_ip"; "gone"; [{attributes: {name: "pip-gone",
		location: $vault.location, id: ($vault.id | sub("/providers/.*"; "") +
		"/providers/Microsoft.Network/publicIPAddresses/pip-gone")}}]),
	resource("module.vault"; "azurerm_public_ip"; "unseen"; [{attributes: {name: "pip-far",
		id: "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-far/providers/Microsoft.Network/publicIPAddresses/pip-far"}}])])}
JQ
jq -f states.jq live.json >states.json
for state in atlas qodex; do
	jq --arg name "$state.tfstate" '.[$name]' states.json >"$state.tfstate"
	put "tfstate/$state.tfstate" -H 'x-ms-blob-type: BlockBlob' \
		-H 'Content-Type: application/octet-stream' --data-binary "@$state.tfstate"
done

export XDG_CONFIG_HOME="$dir/config" XDG_STATE_HOME="$dir/state" XDG_CACHE_HOME="$dir/cache"
mkdir -p config/azdeck
configure() { # CREDENTIAL STATES [MORE]
	cat >config/azdeck/config.json <<JSON
{"connections": [
  {"name": "azure", "kind": "arm", "base": "$sim", "credential": "env:SIM"},
  {"name": "states", "kind": "blob", "base": "$blobs", "credential": "$1", "states": [$2]$3}]}
JSON
}
show() {
	"$deck" show terraform -o json >rows.json 2>said || :
}
rows() { # EXPRESSION of jq over the rows
	jq -c "[.rows[] | $1] | sort" rows.json
}
both='"tfstate/atlas.tfstate", "tfstate/qodex.tfstate"'

configure env:BLOB "$both" ', "ca": "../../cert.pem"'
show
check "every state of it" "$(jq -c '[.rows[].state] | unique' rows.json)" \
	'["deposed","drifted","elsewhere","managed","missing","part","tainted","unmanaged","unseen"]'
check "managed" "$(rows 'select(.state == "managed") | .resource')" \
	'["azurerm_resource_group.atlas","module.network.azurerm_virtual_network.this"]'
check "drifted" "$(rows 'select(.state == "drifted") | [.resource, .differs]')" \
	'[["module.data[\"files\"].azurerm_storage_account.this[\"files\"]","size"],["module.data[\"sql\"].azurerm_mssql_server.this","tags"]]'
check "missing" "$(rows 'select(.state == "missing") | [.resource, .name, .file, .serial]')" \
	'[["module.vault.azurerm_public_ip.gone","pip-gone","tfstate/qodex.tfstate",12]]'
check "tainted" "$(rows 'select(.state == "tainted") | .resource')" '["module.vault.azurerm_key_vault.this"]'
check "deposed" "$(rows 'select(.state == "deposed") | .resource')" \
	'["module.data[\"sql\"].azurerm_mssql_server.this"]'
check "a part" "$(rows 'select(.state == "part") | .resource')" '["module.network.azurerm_subnet.web[0]"]'
check "elsewhere" "$(rows 'select(.state == "elsewhere") | .resource')" '["random_password.admin[1]"]'
check "unseen" "$(rows 'select(.state == "unseen") | .name')" '["pip-far"]'
# Whatever stands in the two groups, is in no state, and belongs to nothing else there.
check "unmanaged" "$(rows 'select(.state == "unmanaged") | .name')" \
	"$(jq -c --slurpfile states states.json '
		([$states[0][].resources[].instances[].attributes.id | ascii_downcase]) as $known |
		([.data[].id | ascii_downcase]) as $live |
		[.data[] | select(.resourceGroup | ascii_downcase | IN("rg-atlas-prod-weu", "rg-qodex-prod-weu")) |
		 select(.id | ascii_downcase | IN($known[]) | not) |
		 select((.managedBy // "-") | ascii_downcase | IN($live[]) | not) |
		 .id | sub(".*/"; "")] | sort' live.json)"
check "no value of an attribute" "$(cat rows.json said | grep -c not-to-be-shown || :)" 0
check "nor on disk" "$(grep -r -l -e not-to-be-shown -e "$BLOB" state cache 2>/dev/null | wc -l)" 0

configure env:BLOB '"tfstate/atlas.tfstate", "tfstate/gone.tfstate"' ', "ca": "../../cert.pem"'
show
check "a state that is not there leaves the others" \
	"$(rows 'select(.state == "drifted") | .differs')" '["size","tags"]'
check "and is told" "$(jq -r '[.partial, (.error | tostring | test("BlobNotFound"))] | @csv' rows.json)" \
	true,true
configure env:OTHER "$both" ', "ca": "../../cert.pem"'
show
check "a token for elsewhere" "$(grep -c 'states: .*Authentication.*(403)' said || :)" 1
configure env:BLOB "$both" ''
show
check "who is not vouched for gets no token" "$(grep -c 'certificate is not trusted' said || :)" 1
checked
