#!/bin/sh
# order.sh SRCDIR BUILD TEST...: those of the tests that this build runs, a line each. What
# takes longest comes first, so that nobody waits for it alone at the end.
#
# The thread sanitizer need not run what has one thread, or what does with its two what
# another test does with them already: it runs what has a real loop (libuv's pool) or
# starts threads itself, and of the whole program what is about more than the screen.
set -eu
src=$1 build=$2
shift 2

longest='tests/e2e/changes_all.sh tests/e2e/test_acts_1 tests/e2e/test_acts_2 tests/e2e/test_acts_3 tests/e2e/test_acts_4
tests/cli/test_ask tests/cli/test_show tests/unit/test_guide_contract tests/e2e/test_change_kill tests/e2e/changes_cut.sh
tests/e2e/test_first tests/e2e/test_faults tests/e2e/test_day tests/e2e/test_act
tests/e2e/changes.sh tests/cli/handover.sh tests/e2e/test_table tests/e2e/test_terminals
tests/e2e/test_start tests/cli/test_doctor tests/e2e/test_look tests/e2e/test_line
tests/unit/test_shipped_actions tests/cli/handover_changes.sh'

has_threads() {
	case $1 in
	tests/e2e/test_day | tests/e2e/test_edges) false ;; # move a running worker's clock by hand
	tests/e2e/test_change_kill) false ;; # is about processes that are killed
	tests/cli/test_show | tests/cli/test_ask | tests/cli/test_services | \
		tests/cli/test_inventory | tests/cli/test_monitoring | \
		tests/cli/handover*.sh) false ;; # one command after another, as test_sql
	tests/e2e/changes_faults.sh) false ;; # faults that last for so many seconds
	tests/e2e/test_act | tests/e2e/test_acts_*) false ;; # runs that last for simulated minutes
	tests/e2e/test_faults) false ;; # answers of the loop's own thread
	tests/e2e/test_look | tests/e2e/test_mouse | tests/e2e/test_prompt | \
		tests/e2e/test_resize | tests/e2e/test_screens | tests/e2e/test_table | \
		tests/e2e/test_terminals | tests/e2e/test_line) false ;;
	tests/e2e/* | tests/wire/* | tests/cli/*) true ;;
	tests/unit/*)
		grep -lqE 'loop_new\(|worker_start\(|pthread_' "$src/$1.c" 2>/dev/null
		;;
	*) false ;;
	esac
}

is_run() {
	[ "$build" != tsan ] || has_threads "$1"
}

is_among() {
	case " $(echo $2) " in *" $1 "*) true ;; *) false ;; esac
}

for test in $longest; do
	if is_among "$test" "$*" && is_run "$test"; then echo "$test"; fi
done
for test; do
	if ! is_among "$test" "$longest" && is_run "$test"; then echo "$test"; fi
done
