#!/bin/sh
# The manual against the program: the keys, the commands and their options, and the
# sample configuration. AZ_UPDATE_GOLDENS=1 writes the keys into the page.
set -u
. "${AZ_SRCDIR:-.}/tests/docs/report.sh"
page=$src/docs/azdeck.1

# between NAME: the lines of the page between its marks.
between() {
	sed -n "/^\.\\\\\" $1: begin/,/^\.\\\\\" $1: end/p" "$page" | sed '1d;$d'
}

# The page's options of a section (OPTIONS, or a command's subsection): name, argument.
page_options() {
	awk -v want="$1" '
		/^\.S[hs] / { here = $2 == want }
		here && /^\.It Fl -/ { print "-" $3 ($4 == "Ar" ? " " $5 : "") }' "$page" | sort
}

# The program's: lines such as "  --seed N    help".
help_options() {
	sed -n 's/^  \(--[a-z-]*\) \([^ ]*\)  *[^ ].*/\1 \2/p' | sed 's/ $//' | sort
}

"$azdeck" keys >"$dir/keys" || echo "azdeck keys failed"
awk -f "$src/tests/docs/keys.awk" "$dir/keys" >"$dir/keys.mdoc"
if [ "${AZ_UPDATE_GOLDENS:-0}" = 1 ]; then
	awk -v keys="$dir/keys.mdoc" '
		/^\.\\" keys: end/ { skip = 0 }
		!skip { print }
		/^\.\\" keys: begin/ {
			while ((getline line <keys) > 0) print line
			skip = 1
		}' "$page" >"$dir/page" && cat "$dir/page" >"$page"
fi
between keys | diff - "$dir/keys.mdoc" >"$dir/why" && [ -s "$dir/keys.mdoc" ] ||
	echo "make goldens writes the keys into docs/azdeck.1" >>"$dir/why"
report "the keys are those of azdeck keys" "$dir/why"

# A command's line in help: two blanks, its name, its help.
"$azdeck" help | sed -n '/^the deck/q;s/^  \([a-z][a-z]*\)  *.*/\1/p' | sort >"$dir/commands"
awk '/^\.Sh / { here = $2 == "COMMANDS" } here && /^\.Ss / { print $2 }' "$page" |
	sort >"$dir/documented"
diff "$dir/documented" "$dir/commands" >"$dir/why"
[ -s "$dir/commands" ] || echo "azdeck help names no command" >>"$dir/why"
report "the commands are those of azdeck help" "$dir/why"

"$azdeck" help | sed '1,/^the deck/d' | help_options >"$dir/options"
page_options OPTIONS | diff - "$dir/options" >"$dir/why"
[ -s "$dir/options" ] || echo "azdeck help names no option" >>"$dir/why"
report "the deck's options" "$dir/why"

while read -r command; do
	[ "$command" = help ] && continue
	"$azdeck" help "$command" | help_options >"$dir/options"
	page_options "$command" | diff - "$dir/options" >"$dir/why"
	report "the options of azdeck $command" "$dir/why"
done <"$dir/commands"

"$azdeck" sim --faults | awk '{ print $1 }' >"$dir/faults"
awk '/^\.Sh / { here = $2 == "FAULTS" } here && /^\.It Cm / { print $3 }' "$page" |
	diff - "$dir/faults" >"$dir/why"
[ -s "$dir/faults" ] || echo "azdeck sim --faults names none" >>"$dir/why"
report "the faults of azdeck sim" "$dir/why"

# Variables that the program asks for by name; HOME is only XDG_CONFIG_HOME's default.
: >"$dir/why"
grep -rhoE 'env_get\("[A-Za-z_]+"\)|xdg_path\(out, "[A-Z_]+"' "$src/core" "$src/tui" |
	sed 's/^[^"]*"//;s/".*//' | sort -u | grep -v -x -e HOME -e XDG_STATE_HOME >"$dir/names"
while read -r name; do
	grep -Eq "^\.It Ev (.* )?$name( |\$)" "$page" || echo "$name"
done <"$dir/names" >"$dir/why"
[ -s "$dir/names" ] || echo "no variables found" >>"$dir/why"
report "the variables that the program reads" "$dir/why"

if command -v mandoc >/dev/null; then
	mandoc -T lint -W warning "$src"/docs/*.[1-8] >"$dir/why" 2>&1
	report "mandoc has nothing to say about the pages" "$dir/why"
else
	echo "# mandoc is not installed, so the form of the pages is not checked"
fi
finish
