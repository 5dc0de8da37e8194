/* See thread.h. */
#include "base/thread.h"

static _Thread_local enum thread_role current;

void thread_claim(enum thread_role role)
{
	current = role;
}

bool thread_is(enum thread_role role)
{
	return current == THREAD_ANY || role == THREAD_ANY || current == role;
}
