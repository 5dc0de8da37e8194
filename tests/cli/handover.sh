#!/bin/sh
# The hand-over of the demo, whole: every section, every board answered, nothing claimed
# that a board does not have; a file of its own, never over another.
set -u

. "${AZ_SRCDIR:-.}/tests/sim/serve.sh"

USER=oncall "$deck" handover --demo --at 2026-03-11T10:20:30Z -o "$dir/one.md" 2>"$dir/err"
check "exit" $? 0
check "nothing on standard error" "$(cat "$dir/err")" ""
check "the sections" "$(grep '^##* ' "$dir/one.md")" "# Hand-over, 2026-03-11 10:20 UTC
## Nobody has answered
## Open, and who has it
## Waiting for approval
## What was changed
## Off what is intended
## Error budgets
## Next by schedule
## Feeds not to be trusted"
check "every board has answered" "$(grep -c 'Not known' "$dir/one.md")" 0
# has NAME TEXT: once at least.
has() {
	check "$1" "$(grep -cF -- "$2" "$dir/one.md" | sed 's/^[1-9].*/1/')" 1
}
has "that it is the demo" "by oncall. All times are UTC. This is the demo"
has "who has an alert" "- **sql-storage-95** on atlas-audit: severity 2, since 2026-03-07 05:10"
has "who approves" "- **atlas-release** 20260310.12: asks Atlas release managers, since"
has "what was changed" "by sp-build-images: Succeeded, 10 times since 04:31"
has "drift" "- **atlas-identity**: larger, is S3, wanted S2, since 07:13"
has "Terraform" "- **vm-qodex-index-01**: unmanaged, group rg-qodex-prod-weu"
has "budgets" "- **Qodex**: Breached; up 99.156% of 99.90%"
has "the next edge" "- **qodex-jobs**: off S2, 18:00 (in "

before=$(cat "$dir/one.md")
"$deck" handover --demo --at 2026-03-11T10:20:30Z -o "$dir/one.md" >"$dir/out" 2>&1
check "not over another file" "$? $(cat "$dir/out" | grep -c one.md)" "5 1"
check "which is as it was" "$(cat "$dir/one.md")" "$before"
"$deck" handover --since tomorrow >"$dir/out" 2>&1
check "no time" "$?" 2
"$deck" handover --demo --since 2090-01-01 >"$dir/out" 2>&1
check "a time to come" "$?" 2
"$deck" handover --config "$dir/none.json" >"$dir/out" 2>&1
check "without a configuration" "$?" 3
checked
