# Completion of azdeck for fish. Commands and options come from `azdeck help`,
# boards, themes and keymaps from the program's own lists, so it cannot be out of date.

function __azdeck_commands
	azdeck help | sed -n '/^the deck/q;s/^  \([a-z][a-z]*\)  *\(.*\)/\1\t\2/p'
end

function __azdeck_boards
	azdeck boards 2>/dev/null | awk 'NR > 1 { print $1 }'
end

function __azdeck_themes
	azdeck themes 2>/dev/null | awk '{ print $1 }'
end

function __azdeck_keymaps
	azdeck keys --list 2>/dev/null | awk '{ print $1 }'
end

function __azdeck_credentials
	azdeck login --list 2>/dev/null | awk '{ print $1 }'
end

# What `azdeck secret` does, out of its usage. The names it keeps are not offered: a
# locked key would ask for its passphrase.
function __azdeck_secret
	azdeck help secret | sed -n '1s/^.* secret \([a-z|]*\).*/\1/p' | tr '|' '\n'
end

# The same for `azdeck audit`.
function __azdeck_audit
	azdeck help audit | sed -n '1s/^.* audit \([a-z|]*\).*/\1/p' | tr '|' '\n'
end

# The same for `azdeck knowledge`.
function __azdeck_knowledge
	azdeck help knowledge | sed -n '1s/^.* knowledge \([a-z|]*\).*/\1/p' | tr '|' '\n'
end

# The command on the line; nothing when it is the deck.
function __azdeck_command
	set -l words (commandline -opc)
	if test (count $words) -gt 1; and not string match -q -- '-*' $words[2]
		echo $words[2]
	end
end

# The options of the command on the line, with what they are.
function __azdeck_options
	azdeck help (__azdeck_command) 2>/dev/null |
		sed -n 's/^  \(--[a-z-]*\) [^ ]*  *\(.*\)/\1\t\2/p'
end

# Whether the command on the line is one of the arguments.
function __azdeck_is
	contains -- (__azdeck_command) $argv
end

# Whether the command on the line has had no word yet, but options and their values.
function __azdeck_is_bare
	set -l with_value -o (azdeck help (__azdeck_command) 2>/dev/null |
		sed -n 's/^  \(--[a-z-]*\) [^ ].*/\1/p')
	set -l is_value 0
	set -l count 0
	for word in (commandline -opc)[3..]
		if test $is_value -eq 1
			set is_value 0
		else if string match -q -- '-*' $word
			contains -- $word $with_value; and set is_value 1
		else
			set count (math $count + 1)
		end
	end
	test $count -eq 0
end

complete -c azdeck -f
complete -c azdeck -n 'test (count (commandline -opc)) -eq 1' -a '(__azdeck_commands)'
complete -c azdeck -n 'string match -q -- "-*" (commandline -ct)' -a '(__azdeck_options)'
complete -c azdeck -l theme -n 'test -z (__azdeck_command)' -x -a '(__azdeck_themes)'
complete -c azdeck -l keymap -n 'test -z (__azdeck_command)' -x -a '(__azdeck_keymaps)'
complete -c azdeck -l log -n 'test -z (__azdeck_command)' -r -F
complete -c azdeck -l config -n 'not __azdeck_is audit decode logs query schedule secret sim keys themes version help' -r -F
complete -c azdeck -s o -l output -n '__azdeck_is show' -x -a 'table json csv tsv'
complete -c azdeck -s o -l output -n '__azdeck_is boards keys schedule secret themes' -x -a 'table json'
complete -c azdeck -s o -l output -n '__azdeck_is audit doctor knowledge logs' -x -a 'text json'
complete -c azdeck -n '__azdeck_is show decode; and __azdeck_is_bare' -a '(__azdeck_boards)'
complete -c azdeck -n '__azdeck_is keys; and __azdeck_is_bare' -a '(__azdeck_keymaps)'
complete -c azdeck -n '__azdeck_is themes; and __azdeck_is_bare' -a '(__azdeck_themes)'
complete -c azdeck -n '__azdeck_is login logout; and __azdeck_is_bare' -a '(__azdeck_credentials)'
complete -c azdeck -n '__azdeck_is secret; and __azdeck_is_bare' -a '(__azdeck_secret)'
complete -c azdeck -n '__azdeck_is knowledge; and __azdeck_is_bare' -a '(__azdeck_knowledge)'
complete -c azdeck -n '__azdeck_is audit; and __azdeck_is_bare' -a '(__azdeck_audit)'
complete -c azdeck -n '__azdeck_is audit; and not __azdeck_is_bare' -F
complete -c azdeck -n '__azdeck_is help; and __azdeck_is_bare' -a '(__azdeck_commands)'
complete -c azdeck -n '__azdeck_is decode query; and not __azdeck_is_bare' -F
complete -c azdeck -n '__azdeck_is logs' -F
