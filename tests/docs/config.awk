# The tables of docs/azdeck-config.5 out of what a query makes of the schema:
# "kind TAB title TAB required TAB settings", or "method TAB help TAB names TAB abouts",
# the last two with ## between their parts.
BEGIN { FS = "\t"; print ".Bl -tag -width managed-identity" }
{
	print ".It Cm " $1
	print toupper(substr($2, 1, 1)) substr($2, 2) "."
	if (table == "methods") {
		n = split($3, names, "##")
		split($4, abouts, "##")
		# The first one is the method itself.
		if (n > 1)
			print ".Bl -tag -width Ds -compact"
		for (i = 2; i <= n; i++) {
			print ".It Cm " names[i]
			about = abouts[i]
			gsub(/-/, "\\-", about)
			print about
		}
		if (n > 1)
			print ".El"
		next
	}
	for (i = 3; i <= NF; i++)
		if ($i != "") print ".br\n" $i
}
END { print ".El" }
