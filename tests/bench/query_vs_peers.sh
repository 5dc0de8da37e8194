#!/bin/sh
# `azdeck query` beside jq and the JMESPath of npm (package jmespath) on the same
# 10,000 rows: the whole process, and the evaluation alone. All three have to give
# the same result. Medians in milliseconds; a ratio above 1 means azdeck is faster.
# What is not here is left out with a reason.
set -eu
azdeck=$AZ_BUILDDIR/azdeck
bench=$AZ_BUILDDIR/tests/bench/bench_query
runs=${BENCH_RUNS:-15}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
rows=$dir/rows.json
"$bench" --document >"$rows"

has_jq='' has_npm=''
if command -v jq >/dev/null 2>&1; then
	has_jq=1
	echo "jq: $(jq --version)"
else
	echo 'jq: left out, as it is not installed'
fi
if ! command -v npm >/dev/null 2>&1 || ! command -v node >/dev/null 2>&1; then
	echo 'jmespath of npm: left out, as node or npm is not installed'
elif ! npm install --silent --no-fund --no-audit --prefix "$dir" jmespath >/dev/null 2>&1; then
	echo 'jmespath of npm: left out, as npm could not install it (no network?)'
else
	has_npm=1
	echo "jmespath of npm: $(node -p "require('$dir/node_modules/jmespath/package.json').version")," \
		"node $(node --version)"
fi

cat >"$dir/whole.js" <<'JS'
const [, , expression, file] = process.argv;
const document = JSON.parse(require('fs').readFileSync(file, 'utf8'));
process.stdout.write(JSON.stringify(require('jmespath').search(document, expression)) + '\n');
JS
cat >"$dir/evaluate.js" <<'JS'
const [, , expression, file, runs] = process.argv;
const { performance } = require('perf_hooks');
const search = require('jmespath').search;
const document = JSON.parse(require('fs').readFileSync(file, 'utf8'));
const times = [];
for (let i = 0; i < Number(runs) + 5; i++) {
	const start = performance.now();
	search(document, expression);
	if (i >= 5) times.push(performance.now() - start);
}
times.sort((a, b) => a - b);
console.log(times[times.length >> 1].toFixed(2));
JS

# row WHAT EXPRESSION AZDECK JQ JMESPATH: one line; an empty figure is a dash.
row() {
	echo "$1|$2|$3|$4|$5" | awk -F'|' '
		function beside(ms) { return ms == "" ? "        -        " : sprintf("%8.2f %5.1fx ", ms, ms / $3) }
		{ printf "%-8s %8.2f  %s  %s  %s\n", $1, $3, beside($4), beside($5), $2 }' |
		tee -a "$dir/table"
}

# jq_evaluate PROGRAM: the median of the evaluation alone, by its own clock.
jq_evaluate() {
	jq "$runs as \$runs | . as \$d | [range(\$runs) | now as \$start |
		([\$d | $1] | length) as \$n | (now - \$start) * 1000] |
		sort | .[\$runs / 2 | floor] * 100 | floor / 100" "$rows"
}

# compare NAME JMESPATH JQ
compare() {
	"$azdeck" query -c "$2" "$rows" >"$dir/azdeck.out"
	jq_whole='' jq_eval='' npm_whole='' npm_eval=''
	if [ "$has_jq" ]; then
		jq -c "$3" "$rows" | cmp - "$dir/azdeck.out" || { echo "jq: $1: another result"; exit 1; }
		jq_whole=$("$bench" --time "$runs" jq -c "$3" "$rows")
		jq_eval=$(jq_evaluate "$3")
	fi
	if [ "$has_npm" ]; then
		node "$dir/whole.js" "$2" "$rows" | cmp - "$dir/azdeck.out" ||
			{ echo "jmespath: $1: another result"; exit 1; }
		npm_whole=$("$bench" --time "$runs" node "$dir/whole.js" "$2" "$rows")
		npm_eval=$(node "$dir/evaluate.js" "$2" "$rows" "$runs")
	fi
	row whole "$1" "$("$bench" --time "$runs" "$azdeck" query -c "$2" "$rows")" \
		"$jq_whole" "$npm_whole"
	[ "$1" = everything ] || row evaluate "$1" "$("$bench" --evaluate "$2")" "$jq_eval" "$npm_eval"
}

printf '%-8s %8s  %-16s  %-16s\n' '' azdeck jq jmespath.js
# The $ below is jq's own.
# shellcheck disable=SC2016
{
	compare filter 'value[?properties.cpu > `50`].name' \
		'[.value[] | select(.properties.cpu > 50).name]'
	compare 'filter, two' "value[?ends_with(name, '7') && tags.env == 'prod'].name" \
		'[.value[] | select((.name | endswith("7")) and .tags.env == "prod").name]'
	compare projection 'value[].{name: name, sku: sku.name, cpu: properties.cpu}' \
		'[.value[] | {name, sku: .sku.name, cpu: .properties.cpu}]'
	compare sort_by 'sort_by(value, &name)[].properties.cost' \
		'[.value | sort_by(.name)[].properties.cost]'
	compare aggregate '{n: length(value), cost: sum(value[].properties.cost), top: max(value[].properties.cpu)}' \
		'{n: (.value | length), cost: ([.value[].properties.cost] | add), top: ([.value[].properties.cpu] | max)}'
	compare everything 'value' '.value'
}
awk '{ for (i = 3; i <= NF; i++) if ($i ~ /^[0-9.]+x$/ && (!n++ || $i + 0 < least)) least = $i + 0 }
	END { if (n) printf "%d comparisons; the closest: %.1fx\n", n, least }' "$dir/table"
