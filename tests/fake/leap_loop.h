/* In place of net/loop.c, for a whole worker on real sockets: time stands still while
 * anything moves, and leaps to the next timer when nothing does, as far as the test
 * allows. An hour of polling takes as long as its requests do. Everything that is to be
 * waited for must be on the loop: who answers on another thread looks quiet. Link the
 * object before the libraries. Thread: the test's. */
#ifndef AZ_TESTS_FAKE_LEAP_LOOP_H
#define AZ_TESTS_FAKE_LEAP_LOOP_H

#include "net/loop.h"

/* Before the loop is made: the clock that moves. One loop at a time. */
void leap_begin(struct clock *clock);
/* So much time passes. Returns when it has and everything is quiet: until the next leap
 * the loop's thread does nothing, and the clock may be read. */
void leap(int64_t ms);

#endif
