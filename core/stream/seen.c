/* See seen.h. */
#include "stream/seen.h"

#include <stdlib.h>

#include "base/xalloc.h"

enum { SMALLEST = 1024 };

void seen_fini(struct seen *s)
{
	free(s->rows);
	*s = (struct seen){0};
}

static struct seen_row *place_of(const struct seen *s, uint64_t hash)
{
	size_t i = (size_t)hash & (s->cap - 1);

	while (s->rows[i].hash && s->rows[i].hash != hash)
		i = (i + 1) & (s->cap - 1);
	return &s->rows[i];
}

/* Those from the moment on, with room for as many more. */
static void rebuild(struct seen *s, int64_t before_ms)
{
	struct seen old = *s;
	size_t kept = 0;

	for (size_t i = 0; i < old.cap; i++)
		kept += old.rows[i].hash && old.rows[i].time_ms >= before_ms;
	s->n = 0;
	for (s->cap = SMALLEST; s->cap < 4 * kept;)
		s->cap *= 2;
	s->rows = xcalloc(s->cap, sizeof(*s->rows));
	for (size_t i = 0; i < old.cap; i++) {
		if (!old.rows[i].hash || old.rows[i].time_ms < before_ms)
			continue;
		*place_of(s, old.rows[i].hash) = old.rows[i];
		s->n++;
	}
	free(old.rows);
}

void seen_begin(struct seen *s, int64_t before_ms)
{
	s->answer++;
	rebuild(s, before_ms);
}

bool seen_is_new(struct seen *s, uint64_t hash, int64_t time_ms)
{
	struct seen_row *row;

	if (hash == 0)
		hash = 1;
	if (s->n * 2 >= s->cap)
		rebuild(s, INT64_MIN);
	row = place_of(s, hash);
	if (!row->hash) {
		*row = (struct seen_row){.hash = hash, .time_ms = time_ms};
		s->n++;
	}
	if (row->answer != s->answer)
		row->here = 0;
	row->answer = s->answer;
	if (++row->here <= row->given)
		return false;
	row->given++;
	return true;
}
