/* What the mouse can hit. Thread: ui. */
#include "tui/hits.h"

static int max_int(int a, int b)
{
	return a > b ? a : b;
}

static int min_int(int a, int b)
{
	return a < b ? a : b;
}

void hits_add(struct hits *hits, const struct surface *s, struct rect at, struct hit hit)
{
	int left = max_int(at.x, 0), top = max_int(at.y, 0);
	int right = min_int(at.x + at.w, s->at.w), bottom = min_int(at.y + at.h, s->at.h);

	if (!hits || right <= left || bottom <= top)
		return;
	hit.at = (struct rect){.x = s->at.x + left,
			       .y = s->at.y + top,
			       .w = right - left,
			       .h = bottom - top};
	vec_push(&hits->list, hit);
}

const struct hit *hits_find(const struct hits *hits, int x, int y)
{
	for (size_t i = hits->list.n; i > 0; i--) {
		const struct hit *hit = &hits->list.p[i - 1];

		if (x >= hit->at.x && x < hit->at.x + hit->at.w && y >= hit->at.y &&
		    y < hit->at.y + hit->at.h)
			return hit;
	}
	return NULL;
}

void hits_reset(struct hits *hits)
{
	hits->list.n = 0;
}

void hits_fini(struct hits *hits)
{
	vec_fini(&hits->list);
}
