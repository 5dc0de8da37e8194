# The tables of docs/azdeck-config.5 out of what jq makes of the schema:
# "kind TAB title TAB required TAB settings" or "method TAB help TAB settings".
BEGIN { FS = "\t"; print ".Bl -tag -width managed-identity" }
{
	print ".It Cm " $1
	line = toupper(substr($2, 1, 1)) substr($2, 2)
	print line "."
	for (i = 3; i <= NF; i++)
		if ($i != "") print ".br\n" $i
}
END { print ".El" }
