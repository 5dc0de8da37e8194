/* Zone files of a test's own, so that what it wants does not hang on the machine's
 * tzdata: a scratch folder with those that zones[] names, each just the rule of today.
 * Thread: the test's. */
#ifndef AZ_TESTS_UNIT_ZONE_FIXTURE_H
#define AZ_TESTS_UNIT_ZONE_FIXTURE_H

#include "base/strbuf.h"

/* cmocka group set-up and tear-down. */
int zone_fixture_make(void **state);
int zone_fixture_drop(void **state);
/* The folder, for zones_init. */
const char *zone_fixture_folder(void);

/* A zone file as zic writes one: so many changes, each to the kind of its index. */
struct tzif_shape {
	char version; /* 0, '2', '3' or '4' */
	const int64_t *changes;
	const unsigned char *kinds_of_changes;
	size_t n_changes;
	const int32_t *offsets; /* of the kinds */
	const unsigned char *letters_of_kinds;
	size_t n_kinds;
	struct str letters; /* "LMT\0CET\0" */
	const char *footer; /* "CET-1" */
	unsigned n_leaps;
};
void tzif_put(struct strbuf *out, const struct tzif_shape *shape);

#endif
