/* Which thread this is, asserted at public entries of debug builds: a call from
 * the wrong thread is our bug and stops there. Threads that claimed nothing (unit
 * tests) pass everywhere. Thread: any. */
#ifndef AZ_BASE_THREAD_H
#define AZ_BASE_THREAD_H

#include <assert.h>
#include <stdbool.h>

enum thread_role { THREAD_ANY, THREAD_UI, THREAD_CORE };

void thread_claim(enum thread_role role);
bool thread_is(enum thread_role role);

#define THREAD_ASSERT(role) assert(thread_is(role))

#endif
