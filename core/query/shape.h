/* What the objects of a document have in common: each name is kept once, and so
 * is each sequence of names, its shape. Rows are alike, so a name remembers the
 * shape its value had last, and the next one is compared with it rather than
 * looked up. Thread: any; one owner. */
#ifndef AZ_QUERY_SHAPE_H
#define AZ_QUERY_SHAPE_H

#include "base/arena.h"
#include "base/map.h"
#include "base/str.h"

struct shape;

struct name {
	struct str text;
	bool is_plain;	     /* needs no escapes */
	struct shape *guess; /* of the object it named last, or NULL */
	size_t stamp, place; /* private: in which shape it was seen last, and where */
};

struct shape {
	size_t n;
	struct name **ids;
	const struct str *names;
	/* Without the names that come a second time: itself, mostly. places[i] is
	 * where the i-th value goes, the last one of a name staying. */
	const struct shape *unique;
	const size_t *places;
};

struct shapes {
	struct arena *arena; /* of names and shapes; the owner's */
	struct map names, shapes;
	size_t stamp;
};

void shapes_init(struct shapes *s, struct arena *arena);
void shapes_fini(struct shapes *s);
/* The text is borrowed. */
struct name *shapes_name(struct shapes *s, struct str text);
struct shape *shapes_find(struct shapes *s, struct name **ids, size_t n);

#endif
