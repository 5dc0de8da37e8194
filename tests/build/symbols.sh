#!/bin/sh
# One name, one function: archives are linked in turn, and where two of them have the
# same symbol the linker takes the first and says nothing.
set -eu
cd "${AZ_BUILDDIR:-.}"
twice=$(for archive in libaz*.a; do
	nm -g --defined-only "$archive" 2>/dev/null | awk -v a="$archive" 'NF == 3 { print $3, a }' |
		sort -u
done | awk '{ print $1 }' | sort | uniq -d)
if [ -n "$twice" ]; then
	echo "not ok 1 - a name stands in two archives:" $twice
	echo "1..1"
	exit 1
fi
echo "ok 1 - no name stands in two archives"
echo "1..1"
