#!/bin/sh
# The first frame waits for the loader: what is loaded later is not asked for at the start.
set -eu
cd "${AZ_BUILDDIR:-.}"
needed=$(objdump -p azdeck | awk '$1 == "NEEDED" { print $2 }')
early=$(printf '%s\n' "$needed" | grep -E '^lib(curl|microhttpd)' || true)
if [ -z "$needed" ] || [ -n "$early" ]; then
	echo "not ok 1 - the loader brings in at the start:" ${early:-nothing it says}
	echo "1..1"
	exit 1
fi
echo "ok 1 - neither libcurl nor libmicrohttpd is there before the first frame"
echo "1..1"
