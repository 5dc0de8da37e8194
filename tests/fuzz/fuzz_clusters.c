/* Any lines at all as patterns: none is lost, none is counted twice, and there are no
 * more patterns than may be. */
#include <stdint.h>
#include <stdlib.h>

#include "stream/clusters.h"
#include "stream/recognise.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str rest = {.p = (const char *)data, .n = n}, raw;
	struct clusters *c = clusters_new();
	uint64_t lines = 0, sum = clusters_left_out(c), before = UINT64_MAX;
	struct strbuf text;

	while (n && str_next(&rest, '\n', &raw)) {
		struct line line;

		line_recognise(raw, INT64_C(1795240800000), &line);
		clusters_add(c, &line);
		lines++;
	}
	strbuf_init(&text, 1 << 20);
	if (clusters_count(c) > CLUSTERS_MOST)
		abort();
	for (size_t i = 0; i < clusters_count(c); i++) {
		const struct cluster *cluster = clusters_at(c, i);

		if (cluster->count == 0 || cluster->count > before)
			abort();
		before = cluster->count;
		sum += cluster->count;
		strbuf_reset(&text);
		cluster_put_pattern(&text, cluster);
		if (text.n > (CLUSTER_WORD_BYTES + 1) * (CLUSTER_WORDS_MOST + 1))
			abort();
	}
	if (sum + clusters_left_out(c) != lines)
		abort();
	strbuf_fini(&text);
	clusters_free(c);
	return 0;
}
