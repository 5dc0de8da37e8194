#!/bin/sh
# The schema that is installed is the one the program prints, and the manual has a row
# for every kind of connection and every way to sign in. AZ_UPDATE_GOLDENS=1 writes
# both.
set -u
. "${AZ_SRCDIR:-.}/tests/docs/report.sh"
page=$src/docs/azdeck-config.5
shipped=$src/docs/config.schema.json

"$azdeck" schema >"$dir/schema" || echo "azdeck schema failed" >"$dir/why"
[ "${AZ_UPDATE_GOLDENS:-0}" = 1 ] && cp "$dir/schema" "$shipped"
diff "$shipped" "$dir/schema" >"$dir/why" 2>&1 ||
	echo "make goldens writes the schema" >>"$dir/why"
report "the shipped schema is the program's" "$dir/why"

"$azdeck" query "properties.connections.items.oneOf[].join('	', [properties.kind.const,
	description, join('', ['Required: ', join(', ', required[?@ != 'name' && @ != 'kind' &&
	@ != 'credential'] || [' '])]), join('', ['Settings: ', join(', ', keys(properties)[?@ != 'name' &&
	@ != 'kind' && @ != 'credential' && @ != 'base' && @ != 'cloud' && @ != 'scope' && @ != 'ca'] ||
	[' '])])])" "$dir/schema" >"$dir/kinds.json" || echo "the query failed" >"$dir/why"
"$azdeck" query "properties.credentials.additionalProperties.oneOf[].join('	', [properties.method.const,
	description, join('##', keys(properties)),
	join('##', map(&not_null(description, ' '), values(properties)))])" \
	"$dir/schema" >"$dir/methods.json" || echo "the query failed" >"$dir/why"
for table in kinds methods; do
	# A JSON list of texts with tabs in them, one a line.
	sed -n 's/^  "\(.*\)",\{0,1\}$/\1/p' "$dir/$table.json" | sed 's/\\t/	/g' |
		sed 's/	Required:  //;s/	Settings:  //' |
		awk -v table="$table" -f "$src/tests/docs/config.awk" >"$dir/$table.mdoc"
	if [ "${AZ_UPDATE_GOLDENS:-0}" = 1 ]; then
		awk -v name="$table" -v text="$dir/$table.mdoc" '
			$0 == ".\\\" " name ": end" { skip = 0 }
			!skip { print }
			$0 == ".\\\" " name ": begin" {
				while ((getline line <text) > 0) print line
				skip = 1
			}' "$page" >"$dir/page" && cat "$dir/page" >"$page"
	fi
	sed -n "/^\.\\\\\" $table: begin/,/^\.\\\\\" $table: end/p" "$page" | sed '1d;$d' |
		diff - "$dir/$table.mdoc" >"$dir/why" && [ -s "$dir/$table.mdoc" ] ||
		echo "make goldens writes the $table into docs/azdeck-config.5" >>"$dir/why"
	report "the manual's $table are the program's" "$dir/why"
done
finish
