/* See shape.h. */
#include "query/shape.h"

#include <string.h>

void shapes_init(struct shapes *s, struct arena *arena)
{
	*s = (struct shapes){.arena = arena};
	map_init(&s->names);
	map_init(&s->shapes);
}

void shapes_fini(struct shapes *s)
{
	map_fini(&s->names);
	map_fini(&s->shapes);
}

static bool is_plain(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == '"' || s.p[i] == '\\')
			return false;
	}
	return true;
}

struct name *shapes_name(struct shapes *s, struct str text)
{
	struct name *name = map_find(&s->names, text);

	if (name)
		return name;
	name = arena_calloc(s->arena, 1, sizeof(*name));
	name->text = text;
	name->is_plain = is_plain(text);
	map_put(&s->names, text, name);
	return name;
}

/* Where each value goes; returns how many places there are. */
static size_t number_places(struct shapes *s, struct name **ids, size_t n, size_t *places)
{
	size_t used = 0;

	s->stamp++;
	for (size_t i = 0; i < n; i++) {
		if (ids[i]->stamp != s->stamp) {
			ids[i]->stamp = s->stamp;
			ids[i]->place = used++;
		}
		places[i] = ids[i]->place;
	}
	return used;
}

static const struct shape *without_second(struct shapes *s, const struct shape *shape,
					  size_t n)
{
	struct name **ids = arena_alloc(s->arena, n * sizeof(struct name *));

	for (size_t i = 0; i < shape->n; i++)
		ids[shape->places[i]] = shape->ids[i];
	return shapes_find(s, ids, n);
}

static struct shape *add(struct shapes *s, struct name **ids, size_t n)
{
	struct shape *shape = arena_calloc(s->arena, 1, sizeof(*shape));
	struct str *names = arena_alloc(s->arena, n * sizeof(*names));
	size_t *places = arena_alloc(s->arena, n * sizeof(*places));
	size_t used = number_places(s, ids, n, places);

	shape->n = n;
	shape->ids = arena_alloc(s->arena, n * sizeof(struct name *));
	for (size_t i = 0; i < n; i++) {
		shape->ids[i] = ids[i];
		names[i] = ids[i]->text;
	}
	shape->names = names;
	shape->places = places;
	shape->unique = used == n ? shape : without_second(s, shape, used);
	return shape;
}

struct shape *shapes_find(struct shapes *s, struct name **ids, size_t n)
{
	struct str key = {.p = (const char *)ids, .n = n * sizeof(struct name *)};
	struct shape *shape = map_find(&s->shapes, key);

	if (!shape) {
		shape = add(s, ids, n);
		map_put(&s->shapes, key, shape);
	}
	return shape;
}
