#!/bin/sh
# Completion in bash, fish and zsh, each where it is installed: what is offered for a
# line, against what the program says of itself.
set -u
. "${AZ_SRCDIR:-.}/tests/docs/report.sh"
scripts=$src/docs/completion
PATH=$(dirname "$azdeck"):$PATH
export PATH scripts

"$azdeck" help | sed -n '/^the deck/q;s/^  \([a-z][a-z]*\)  .*/\1/p' | sort >"$dir/commands"
"$azdeck" boards 2>/dev/null | awk 'NR > 1 { print $1 }' | sort >"$dir/boards"
"$azdeck" themes | sort >"$dir/themes"
"$azdeck" keys --list | sort >"$dir/keymaps"
"$azdeck" help | sed -n '1,/^the deck/d;s/^  \(--[a-z-]*\) .*/\1/p' | sort >"$dir/deck"
"$azdeck" help show | sed -n 's/^  \(--[a-z-]*\) .*/\1/p' | sort >"$dir/show"
"$azdeck" help show | sed -n 's/^  --output FORMAT *\(.*\) (-o)/\1/p' | tr -cs a-z '\n' |
	grep -vx or | sort >"$dir/formats"
"$azdeck" help boards | sed -n 's/^  --output \([a-z|]*\) .*/\1/p' | tr '|' '\n' |
	sort >"$dir/formats2"
"$azdeck" help secret | sed -n '1s/^.* secret \([a-z|]*\).*/\1/p' | tr '|' '\n' |
	sort >"$dir/secret"
"$azdeck" help audit | sed -n '1s/^.* audit \([a-z|]*\).*/\1/p' | tr '|' '\n' |
	sort >"$dir/audit"
"$azdeck" help knowledge | sed -n '1s/^.* knowledge \([a-z|]*\).*/\1/p' | tr '|' '\n' |
	sort >"$dir/knowledge"
"$azdeck" help audit | sed -n 's/^  --output \([a-z|]*\) .*/\1/p' | tr '|' '\n' |
	sort >"$dir/formats3"
mkdir "$dir/azdeck"
cat >"$dir/azdeck/config.json" <<-'EOF'
	{"credentials": {"me": {"method": "device"}, "builds": {"method": "az"}}}
EOF
printf 'builds\nme\n' >"$dir/credentials"
: >"$dir/nothing"

# What the shell offers for a line, one a line. The last word is being typed.
in_bash() {
	bash --norc -c '
		. "$scripts/azdeck.bash"
		COMP_WORDS=("$@")
		COMP_CWORD=$(($# - 1))
		_azdeck
		for word in "${COMPREPLY[@]}"; do echo "$word"; done' bash "$@"
}
in_fish() {
	line=$*
	fish --no-config -c "source '$scripts/azdeck.fish'; complete -C '$line'" |
		cut -f 1 | grep .
}
# The builtins that make the list are replaced by ones that print it; an option is
# offered as a specification, "--name=[about]:ARG:action".
in_zsh() {
	zsh -f -c '
		_describe() { print -l -- ${${(P)4}%%:*}; }
		_files() { :; }
		compadd() { [[ $1 == -a ]] && print -l -- ${(P)2} || print -l -- ${@:#--}; }
		_arguments() {
			local spec
			for spec; do
				[[ $spec == 1:* && $words[-1] != -* ]] && eval ${spec##*:}
				[[ $spec == --* && $words[-1] == -* ]] && print -r -- ${${spec%%\[*}%=}
			done
		}
		compdef() { :; }
		words=("$@") CURRENT=$#
		. "$scripts/_azdeck"' zsh "$@"
}

# offers SHELL WANT WORD...: the last word may be empty.
offers() {
	shell=$1
	want=$2
	shift 2
	"in_$shell" "$@" 2>"$dir/err" | sort | diff "$dir/$want" - >"$dir/why"
	cat "$dir/err" >>"$dir/why"
	report "$shell: $*" "$dir/why"
}

for shell in bash fish zsh; do
	if ! command -v $shell >/dev/null; then
		echo "# $shell is not installed, so its completion is not tried"
		continue
	fi
	offers $shell commands azdeck ''
	offers $shell commands azdeck help ''
	offers $shell deck azdeck --
	offers $shell show azdeck show --
	offers $shell boards azdeck show ''
	offers $shell boards azdeck show --demo ''
	offers $shell keymaps azdeck keys ''
	offers $shell themes azdeck themes ''
	offers $shell credentials azdeck login ''
	offers $shell credentials azdeck logout ''
	offers $shell secret azdeck secret ''
	offers $shell audit azdeck audit ''
	offers $shell knowledge azdeck knowledge ''
	offers $shell nothing azdeck version ''
	[ $shell = zsh ] && continue # finding values is _arguments' own
	offers $shell boards azdeck show -o json ''
	offers $shell formats azdeck show -o ''
	offers $shell formats2 azdeck boards -o ''
	offers $shell formats2 azdeck keys --output ''
	offers $shell themes azdeck --theme ''
	offers $shell keymaps azdeck --demo --keymap ''
	offers $shell nothing azdeck show sql ''
	offers $shell nothing azdeck secret rm ''
	offers $shell nothing azdeck schedule ''
	offers $shell formats2 azdeck schedule on -o ''
	offers $shell formats3 azdeck audit show -o ''
	offers $shell formats3 azdeck knowledge search -o ''
	offers $shell nothing azdeck show sql --query ''
done
for list in commands boards themes keymaps deck show formats formats2 formats3 secret audit knowledge; do
	[ "$(wc -l <"$dir/$list")" -gt 1 ] || echo "$list"
done >"$dir/why"
report "there was something to compare with" "$dir/why"
finish
