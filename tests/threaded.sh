#!/bin/sh
# threaded.sh SRCDIR TEST...: those of the tests that run more than one thread, a line
# each. What runs on one alone has no races to be found, so the thread sanitizer need not
# run it: the whole program does, and so does what has a real loop (libuv's pool) or
# starts threads itself.
set -eu
src=$1
shift
for test; do
	case $test in
	tests/e2e/test_day) ;; # moves the clock of a running worker by hand
	tests/e2e/* | tests/wire/* | tests/cli/*) echo "$test" ;;
	tests/unit/*)
		grep -lqE 'loop_new\(|worker_start\(|pthread_' "$src/$test.c" 2>/dev/null &&
			echo "$test" ;;
	esac
done
exit 0
