#!/bin/sh
# variant.sh SRCDIR NAME TARGET CONFIGURE-ARGUMENT... : makes TARGET in another
# build of the same sources, in ./NAME, configured once.
set -eu
src=$1 name=$2 target=$3
shift 3
# What asks for nothing of this build, or of other programs mostly, runs once.
export AZ_VARIANT="$name"
mkdir -p "$name"
cd "$name"
# Hundreds of programs are linked, so by the quickest linker that is there.
for linker in lld gold; do
	command -v "ld.$linker" >/dev/null 2>&1 || continue
	LDFLAGS="${LDFLAGS:-} -fuse-ld=$linker"
	export LDFLAGS
	break
done
if [ ! -f Makefile ] || [ "$src/configure" -nt config.status ]; then
	"$src/configure" -q --enable-werror CFLAGS='-O1 -g1' "$@"
fi
exec "${MAKE:-make}" -s --no-print-directory "$target"
