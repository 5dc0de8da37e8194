/* See doctor_check.h. */
#include "cli/doctor_check.h"

#include <string.h>

enum { TURN_MS = 100 };

bool doctor_wait(struct doctor *d, int64_t ms)
{
	int64_t end_ms = clock_mono_us() / 1000 + ms;

	while (d->n_waiting && clock_mono_us() / 1000 < end_ms)
		loop_turn(d->loop, TURN_MS);
	return d->n_waiting == 0;
}

bool doctor_wants(const struct doctor *d, const struct connection *connection)
{
	return !d->only || strcmp(connection->name, d->only) == 0;
}
