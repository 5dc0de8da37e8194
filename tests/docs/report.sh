# Sourced by the tests of the documents: cases with a name, each passed when nothing
# is wrong. $dir is a folder of the test's own, which is also its configuration.
src=${AZ_SRCDIR:-.}
azdeck=${AZ_BUILDDIR:-.}/azdeck
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
XDG_CONFIG_HOME=$dir
export XDG_CONFIG_HOME
cases=0
failures=0

# report NAME FILE: passes when the file, which says what is wrong, is empty.
report() {
	cases=$((cases + 1))
	if [ -s "$2" ]; then
		failures=$((failures + 1))
		sed 's/^/# /' "$2"
		echo "not ok $cases - $1"
	else
		echo "ok $cases - $1"
	fi
}

finish() {
	echo "1..$cases"
	[ "$failures" -eq 0 ]
}
