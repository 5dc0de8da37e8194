/* A draft is bytes from outside: whatever they are, the prose is clean, what is settled
 * stays, and the record reads back. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "answer/ground.h"
#include "base/sanitize.h"
#include "unit/answer_world.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check(bool is_so)
{
	if (!is_so)
		abort();
}

static const struct evidence *evidence(void)
{
	static struct world world;

	if (!world.library) {
		world_init(&world);
		world_add(&world, "sql",
			  "[{\"name\":\"atlas-orders\",\"cpu\":80.1,\"size\":\"S3\"}]");
		world_add(&world, "alerts",
			  "[{\"alert\":\"sql-storage-95\",\"on\":\"atlas-audit\","
			  "\"since\":\"2026-03-07T05:10:00Z\"}]");
	}
	return &world.evidence;
}

static void check_clean(struct str prose)
{
	struct strbuf clean;

	strbuf_init(&clean, prose.n * 3 + 1);
	sanitize_text(&clean, prose);
	check(str_eq(strbuf_str(&clean), prose));
	strbuf_fini(&clean);
}

static void check_record(const struct answer *a)
{
	struct strbuf json;
	struct answer back;

	strbuf_init(&json, 4 << 20);
	answer_json(a, &json);
	answer_init(&back);
	check(json.overflow || answer_from_json(&back, strbuf_str(&json)));
	check(json.overflow || back.n_claims == a->n_claims);
	answer_fini(&back);
	strbuf_fini(&json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str draft = {.p = (const char *)data, .n = n};
	struct ground_options options = {.question = STR("is atlas-orders past 90 %?")};
	struct answer whole, part;
	size_t settled = ground_settled(draft);

	check(settled <= n);
	answer_init(&whole);
	answer_init(&part);
	ground(draft, evidence(), &options, &whole);
	ground(str_sub(draft, 0, settled), evidence(), &options, &part);
	check_clean(strbuf_str(&whole.prose));
	check(n > 4096 || str_starts(strbuf_str(&whole.prose), strbuf_str(&part.prose)));
	for (size_t i = 0; i < whole.n_claims; i++)
		check(whole.claims[i].begin <= whole.claims[i].end &&
		      whole.claims[i].end <= whole.prose.n);
	check_record(&whole);
	answer_fini(&part);
	answer_fini(&whole);
	return 0;
}
