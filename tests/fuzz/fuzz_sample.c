/* Samples as they are in the file: what makes no sense ends the reading, within the
 * bytes; what is read and written again is read as the same. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "store/id_map.h"
#include "store/sample.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

enum { MOST = 4096 };

static int64_t ids[MOST];
static float values[MOST];

static size_t read_all(struct str bytes, bool *is_whole)
{
	struct sample_reader r;
	size_t n = 0;

	if (!sample_open(&r, bytes))
		return 0;
	*is_whole = r.is_whole;
	while (n < MOST && sample_next(&r)) {
		if (r.id <= 0 || r.at > r.end)
			abort();
		ids[n] = r.id;
		values[n++] = r.value;
	}
	return n;
}

static void check_same(struct str bytes, size_t n, bool was_whole)
{
	struct sample_reader r;
	size_t i = 0;

	if (!sample_open(&r, bytes) || r.is_whole != was_whole)
		abort();
	for (; sample_next(&r); i++) {
		if (i == n || r.id != ids[i])
			abort();
		if (isnan(values[i]) ? !isnan(r.value)
				     : memcmp(&r.value, &values[i], sizeof(r.value)) != 0)
			abort();
	}
	if (i != n)
		abort();
}

/* Places are by number, whatever the order. */
static void check_places(size_t n)
{
	struct id_map map = {0};

	for (size_t i = 0; i < n; i++) {
		size_t place = id_map_place(&map, ids[i]);

		if (place >= map.n || map.ids[place] != ids[i])
			abort();
	}
	id_map_fini(&map);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str bytes = {.p = (const char *)data, .n = size};
	struct sample_writer w;
	struct strbuf again;
	bool is_whole = false;
	size_t n = read_all(bytes, &is_whole);

	strbuf_init(&again, 1 << 20);
	sample_begin(&w, &again, is_whole);
	for (size_t i = 0; i < n; i++)
		sample_put(&w, ids[i], values[i]);
	check_same(strbuf_str(&again), n, is_whole);
	check_places(n);
	strbuf_fini(&again);
	return 0;
}
