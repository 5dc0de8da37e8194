# Completion of azdeck for bash. Commands and options come from `azdeck help`,
# boards, themes and keymaps from the program's own lists, so it cannot be out of date.

# The names in the first column of what a command of azdeck prints.
_azdeck_names() {
	azdeck "$@" 2>/dev/null | awk 'NF && !/^BOARD / { print $1 }'
}

_azdeck_commands() {
	azdeck help | sed -n '/^the deck/q;s/^  \([a-z][a-z]*\)  .*/\1/p'
}

# The options of a command; without one, the deck's.
_azdeck_options() {
	azdeck help "$@" 2>/dev/null | sed -n 's/^  \(--[a-z-]*\) .*/\1/p'
}

# Whether an option of the command (none: of the deck) takes a value.
_azdeck_takes_value() {
	[[ $2 == -o ]] || azdeck help ${1:+"$1"} 2>/dev/null | grep -q -- "^  $2 [^ ]"
}

# What `azdeck secret` does, out of its usage. The names it keeps are not offered: a
# locked key would ask for its passphrase.
_azdeck_secret() {
	azdeck help secret 2>/dev/null | sed -n '1s/^.* secret \([a-z|]*\).*/\1/p' | tr '|' ' '
}

# The same for `azdeck audit`.
_azdeck_audit() {
	azdeck help audit 2>/dev/null | sed -n '1s/^.* audit \([a-z|]*\).*/\1/p' | tr '|' ' '
}

# The same for `azdeck knowledge`.
_azdeck_knowledge() {
	azdeck help knowledge 2>/dev/null | sed -n '1s/^.* knowledge \([a-z|]*\).*/\1/p' | tr '|' ' '
}

_azdeck_files() {
	compopt -o filenames 2>/dev/null
	mapfile -t COMPREPLY < <(compgen -f -- "$1")
}

# How many words before the one being typed are neither options nor their values.
_azdeck_count_words() {
	local i n=0
	for ((i = 1; i < COMP_CWORD; i++)); do
		if [[ ${COMP_WORDS[i]} != -* ]]; then
			n=$((n + 1))
		elif [[ ${COMP_WORDS[i + 1]} == = ]]; then
			i=$((i + 2))
		elif _azdeck_takes_value "$1" "${COMP_WORDS[i]}"; then
			i=$((i + 1))
		fi
	done
	echo "$n"
}

_azdeck() {
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
	local command='' choices='' n
	COMPREPLY=()
	# "--theme=li" arrives as three words.
	if [[ $cur == = ]]; then
		cur=
	elif [[ $prev == = ]]; then
		prev=${COMP_WORDS[COMP_CWORD - 2]}
	fi
	((COMP_CWORD > 1)) && [[ ${COMP_WORDS[1]} != -* ]] && command=${COMP_WORDS[1]}
	n=$(_azdeck_count_words "$command")

	case $prev in
	--theme) choices=$(_azdeck_names themes) ;;
	--keymap) choices=$(_azdeck_names keys --list) ;;
	--config | --log) _azdeck_files "$cur"; return ;;
	-o | --output)
		choices='table json'
		[[ $command == show ]] && choices+=' csv tsv'
		[[ $command == @(audit|doctor|knowledge|logs) ]] && choices='text json'
		;;
	--*) _azdeck_takes_value "$command" "$prev" && return ;;
	esac
	if [[ -n $choices ]]; then
		:
	elif [[ $cur == -* ]]; then
		choices=$(_azdeck_options $command)
	elif [[ -z $command ]]; then
		[[ ${COMP_WORDS[1]} == -* ]] && ((COMP_CWORD > 1)) && return
		choices=$(_azdeck_commands)
	else
		case $command in
		help) ((n == 1)) && choices=$(_azdeck_commands) ;;
		keys) ((n == 1)) && choices=$(_azdeck_names keys --list) ;;
		themes) ((n == 1)) && choices=$(_azdeck_names themes) ;;
		login | logout) ((n == 1)) && choices=$(_azdeck_names login --list) ;;
		secret) ((n == 1)) && choices=$(_azdeck_secret) ;;
		knowledge) ((n == 1)) && choices=$(_azdeck_knowledge) ;;
		audit)
			if ((n > 1)); then
				_azdeck_files "$cur"
				return
			fi
			choices=$(_azdeck_audit)
			;;
		show) ((n == 1)) && choices=$(_azdeck_names boards) ;;
		decode)
			if ((n > 1)); then
				_azdeck_files "$cur"
				return
			fi
			choices=$(_azdeck_names boards)
			;;
		logs)
			_azdeck_files "$cur"
			return
			;;
		query)
			((n == 2)) && _azdeck_files "$cur"
			return
			;;
		esac
	fi
	mapfile -t COMPREPLY < <(compgen -W "$choices" -- "$cur")
}

complete -F _azdeck azdeck
