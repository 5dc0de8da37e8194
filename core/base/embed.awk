# Turns data files into a sorted C table of their texts. The caller gives the
# files in sorted order. Bytes are kept as they are; only what a C string needs
# is escaped.
BEGIN {
	print "/* Made by core/base/embed.awk from the data files. */"
	print "#include \"base/embed.h\""
	printf "\nconst struct embedded_file %s[] = {\n", table
}
FNR == 1 {
	if (open) close_row()
	name = FILENAME
	sub(/^.*\//, "", name)
	sub(/\.json$/, "", name)
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
}
function close_row() {
	printf "\t},\n"
	open = 0
}
END {
	if (open) close_row()
	print "\t{0, 0},\n};"
}
