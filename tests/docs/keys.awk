# Turns what `azdeck keys` prints into the list of azdeck(1): a subsection a context,
# an item a command. A command without a key is shown as it is typed.
function close_list() {
	if (is_open) print ".El"
	is_open = 0
}
function join(from, to,   text, i) {
	text = ""
	for (i = from; i <= to; i++) text = text (i > from ? " " : "") $i
	return text
}
/^[a-z-]+: / {
	close_list()
	sub(/^[a-z-]+: /, "")
	print ".Ss " toupper(substr($0, 1, 1)) substr($0, 2)
	print ".Bl -tag -width \"page-down, space\" -compact"
	is_open = 1
}
/^  / {
	last = 1
	while ($last ~ /,$/) last++
	keys = ""
	for (i = 1; i <= last; i++) {
		key = $i
		sub(/,$/, "", key)
		gsub(/\\/, "\\e", key)
		keys = keys (i > 1 ? " , " : "") "\\&" key
	}
	name = $(last + 1)
	rest = last + 2
	argument = ""
	if ($rest ~ /^[A-Z]+$/) argument = $(rest++)
	if ($1 == "-") {
		print ".It Ic :" name (argument ? " Ar " argument : "")
		print join(rest, NF)
	} else {
		print ".It Ic " keys
		print join(rest, NF)
		print ".Pq Ic " name (argument ? " Ar " argument : "")
	}
}
END { close_list() }
