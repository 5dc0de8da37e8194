# Turns core/sim/estate/*.res into the C table of sim/resource.h. A resource is a line
#
#	GROUP TYPE PATH [kind=WORD] [sku=WORD] [location=WORD] [hours=TAG]
#
# and under it, behind a tab, its members as JSON, with words in it that are filled in
# (see sim/resource.c). '#' begins a comment line.
BEGIN {
	print "/* Made by core/sim/resource.awk from the estate's files. */"
	print "#include \"sim/resource.h\""
	print "\nconst struct resource_row resource_rows[] = {"
}
function fail(why) {
	printf "%s:%d: %s\n", FILENAME, FNR, why > "/dev/stderr"
	failed = 1
	exit 1
}
function close_row() {
	if (open) print "\t .body = \"\"" body "},"
	open = 0
	body = ""
}
/^#/ || /^[ \t]*$/ { next }
/^\t/ {
	if (!open) fail("members of no resource")
	line = substr($0, 2)
	sub(/^[ \t]+/, "", line)
	gsub(/\\/, "&&", line)
	gsub(/"/, "\\\"", line)
	gsub(/\?/, "\\?", line)
	body = body "\n\t \"" line "\""
	next
}
{
	close_row()
	if (NF < 3) fail("a resource is a group, a type and a path")
	printf "\t{.group = \"%s\", .type = \"%s\", .path = \"%s\",\n", $1, $2, $3
	for (i = 4; i <= NF; i++) {
		name = substr($i, 1, index($i, "=") - 1)
		if (name !~ /^(kind|sku|location|hours)$/) fail("what is " $i)
		printf "\t .%s = \"%s\",\n", name, substr($i, length(name) + 2)
	}
	open = 1
}
END {
	if (failed) exit 1
	close_row()
	print "\t{.group = 0},\n};"
}
