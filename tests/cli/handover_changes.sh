#!/bin/sh
# The hand-over tells of changes that azdeck keeps on the disk: one that waits, one that
# ran; and looking changes nothing. Skips (77) without curl.
set -u

. "${AZ_SRCDIR:-.}/tests/sim/serve.sh"
need curl

serve sim --speed 30
export HOME="$dir/ann" XDG_STATE_HOME="$dir/ann/state" XDG_DATA_HOME="$dir/ann/data" \
	XDG_CONFIG_HOME="$dir/ann/config" USER=ann LOGNAME=ann
TOKEN=$(token_of owner)
export TOKEN
mkdir -p "$XDG_CONFIG_HOME/azdeck"
echo "{\"connections\":[{\"name\":\"azure\",\"kind\":\"arm\",\"base\":\"$url\"," \
	"\"credential\":\"env:TOKEN\"}]}" >"$XDG_CONFIG_HOME/azdeck/config.json"

"$deck" handover >"$dir/before.md" 2>&1
check "without changes" "$?" 0
check "which are none" "$(grep -c '^Planned with azdeck\|^By azdeck' "$dir/before.md")" 0
check "and no key is made" "$(find "$dir/ann/data" -type f 2>/dev/null | wc -l)" 0
# Boards of services that this configuration has no connection to.
check "what cannot be had is not known" \
	"$(grep -c 'Not known: .*`pagerduty` (' "$dir/before.md" | sed 's/^[1-9].*/1/')" 1

"$deck" act propose sql-scale atlas-audit size=S3 >"$dir/out" 2>&1
check "proposed" "$?" 0
id=$(sed -n 's/^plan  *\([0-9a-f]*\),.*/\1/p' "$dir/out")
"$deck" handover >"$dir/open.md" 2>&1
check "it waits" "$(grep -cF "**Scale the database** on atlas-audit by ann, plan \`$id\`: waits for its approval, until " "$dir/open.md")" 1
check "under its heading" "$(grep -c '^Planned with azdeck' "$dir/open.md")" 1

"$deck" act reject "$id" --why "not today" >"$dir/out" 2>&1
check "rejected" "$?" 0
"$deck" handover >"$dir/after.md" 2>&1
check "it is over" "$(grep -cF "plan \`$id\`: rejected (not today)" "$dir/after.md")" 1
check "and waits no more" "$(grep -c '^Planned with azdeck' "$dir/after.md")" 0
checked
