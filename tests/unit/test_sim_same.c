/* Same seed and same clock: same bytes, at every address. Another seed is another
 * world, and a moment asked for twice is answered the same whatever came between. */
#include "unit/check.h"

#include "sim/addresses.h"

#define MAX_ADDRESSES 2000

/* What a world said: one hash an address, of everything that goes on the wire. */
struct transcript {
	struct ask ask;
	uint64_t hash[MAX_ADDRESSES];
	uint64_t body[MAX_ADDRESSES];
	const struct route *route[MAX_ADDRESSES];
	size_t n;
};

static uint64_t hash_of(const struct told *t)
{
	struct strbuf all;
	uint64_t hash;

	strbuf_init(&all, 2 * REPLY_MAX_BODY);
	strbuf_printf(&all, "%d\n", t->rep.status);
	for (size_t i = 0; i < t->rep.n_headers; i++)
		strbuf_printf(&all, "%s: %s\n", t->rep.headers[i].name,
			      t->rep.headers[i].value);
	strbuf_put(&all, strbuf_str(&t->rep.body));
	hash = str_hash(strbuf_str(&all));
	strbuf_fini(&all);
	return hash;
}

static void note(const struct address *address, void *ctx)
{
	struct transcript *script = ctx;
	struct told t;

	assert_true(script->n < MAX_ADDRESSES);
	ask(&script->ask, address->route->method, address->target, address->body, &t);
	script->hash[script->n] = hash_of(&t);
	script->body[script->n] = str_hash(strbuf_str(&t.rep.body));
	script->route[script->n++] = address->route;
	told_fini(&t);
	clock_advance(&script->ask.clock, 500);
}

static struct transcript *transcript_of(uint64_t seed)
{
	struct transcript *script = test_calloc(1, sizeof(*script));

	ask_init(&script->ask, seed, ASK_NOON_MS);
	addresses_each(&script->ask.world, note, script);
	return script;
}

static void transcript_free(struct transcript *script)
{
	ask_fini(&script->ask);
	test_free(script);
}

static void test_same_seed_same_bytes(void **state)
{
	struct transcript *one = transcript_of(42), *two = transcript_of(42);

	(void)state;
	assert_true(one->n > 300);
	assert_int_equal(one->n, two->n);
	for (size_t i = 0; i < one->n; i++)
		check_case(one->route[i]->path, one->hash[i] == two->hash[i]);
	transcript_free(one);
	transcript_free(two);
}

/* What is drawn by lot differs: not who exists, but what happens to them. */
static void test_other_seed_other_world(void **state)
{
	static const char *const moving[] = {
		"/servers/{server}/databases",
		"/databases/{db}/providers/",
		"/query",
		"/forecast",
		"/budgets",
		"/jobrequests",
		"/backupJobs",
		"/replicationProtectedItems",
	};
	struct transcript *one = transcript_of(1), *two = transcript_of(2);

	(void)state;
	assert_int_equal(one->n, two->n);
	for (size_t k = 0; k < sizeof(moving) / sizeof(moving[0]); k++) {
		size_t n_differ = 0;

		for (size_t i = 0; i < one->n; i++)
			if (strstr(one->route[i]->path, moving[k]))
				n_differ += one->body[i] != two->body[i];
		check_case(moving[k], n_differ > 0);
	}
	for (size_t i = 0; i < one->n; i++)
		check_case("ids of requests differ",
			   one->hash[i] != two->hash[i] ||
				   one->route[i]->kind == ROUTE_OPEN);
	transcript_free(one);
	transcript_free(two);
}

/* Reading changes nothing: only writes and time do. */
static void test_reading_leaves_no_trace(void **state)
{
#define DATABASES                                                                        \
	"/subscriptions/7c9e2d14-0b8f-4f5a-8d36-1e5b90aa6c01/resourceGroups/"            \
	"rg-atlas-prod-weu/providers/Microsoft.Sql/servers/sql-atlas-prod-weu/"          \
	"databases?api-version=2021-11-01"
	struct ask fresh;
	struct told early, late;

	(void)state;
	ask_init(&fresh, 8, ASK_NOON_MS);
	ask(&fresh, SIM_GET, DATABASES, NULL, &early);
	for (int i = 0; i < 40; i++)
		ask_status(&fresh, SIM_GET, DATABASES, NULL);
	ask(&fresh, SIM_GET, DATABASES, NULL, &late);
	check_text("same body", strbuf_str(&late.rep.body), early.rep.body.p);
	told_fini(&early);
	told_fini(&late);
	ask_fini(&fresh);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same_seed_same_bytes),
		cmocka_unit_test(test_other_seed_other_world),
		cmocka_unit_test(test_reading_leaves_no_trace),
	};

	return cmocka_run_group_tests_name("sim_same", tests, NULL, NULL);
}
