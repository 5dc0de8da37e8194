# Where ./bootstrap puts the programs that tests run beside ours; sourced.
peers=${XDG_CACHE_HOME:-${HOME:-/nowhere}/.cache}/azdeck-peers
PATH=$PATH:/usr/sbin:$peers/usr/bin:$peers/usr/sbin:$peers/node_modules/.bin
[ -z "${AZ_VARIANT:-}" ] || {
	echo "1..0 # SKIP with the plain build only"
	exit 77
}
