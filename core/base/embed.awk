# Turns data files into a sorted C table of their texts. The caller gives the
# files in sorted order. Bytes are kept as they are; only what a C string needs
# is escaped. A line of its own that names a title or category is repeated beside
# the text, so that a list of the files need not touch all of them.
BEGIN {
	print "/* Made by core/base/embed.awk from the data files. */"
	print "#include \"base/embed.h\""
	printf "\nconst struct embedded_file %s[] = {\n", table
}
FNR == 1 {
	if (open) close_row()
	name = FILENAME
	sub(/^.*\//, "", name)
	sub(/\.(json|md)$/, "", name)
	printf "\t{\"%s\",\n", name
	open = 1
}
{
	line = $0
	gsub(/\\/, "&&", line)
	gsub(/"/, "\\\"", line)
	gsub(/\?/, "\\?", line)
	gsub(/\t/, "\\t", line)
	gsub(/\r/, "\\r", line)
	printf "\t \"%s\\n\"\n", line
	if (match($0, /^  "(title|category)": "[^"]*"/)) {
		key = $0 ~ /^  "t/ ? "title" : "category"
		value = substr($0, RSTART, RLENGTH - 1)
		sub(/^  "[a-z]*": "/, "", value)
		if (!(key in said)) said[key] = value
	}
}
function close_row() {
	printf "\t, \"%s\", \"%s\"},\n", said["title"], said["category"]
	delete said["title"]
	delete said["category"]
	open = 0
}
END {
	if (open) close_row()
	print "\t{0, 0, 0, 0},\n};"
}
