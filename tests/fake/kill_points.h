/* kill -9 at a chosen point: in front of each call that reaches the disk, in the middle of
 * what it writes, and behind it, and wherever else a test says so. Thread: the test's. */
#ifndef AZ_TESTS_FAKE_KILL_POINTS_H
#define AZ_TESTS_FAKE_KILL_POINTS_H

/* How many points pass until this process kills itself; negative: it never does. */
void kill_points_set(int points);
void kill_point(void);
/* Of those that were set. */
int kill_points_left(void);

#endif
