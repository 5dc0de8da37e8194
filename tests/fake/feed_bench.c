/* See feed_bench.h. */
#include "fake/feed_bench.h"

#include <stdlib.h>

#include "base/xalloc.h"

static const struct connection *find_connection(void *ctx, enum conn_kind kind)
{
	const struct feed_bench *b = ctx;

	return kind == CONN_ARM && !b->is_disconnected ? &b->azure : NULL;
}

static void publish(void *ctx, struct board *board)
{
	struct feed_bench *b = ctx;

	board_put(b->board);
	b->board = board_get(board);
	b->n_published++;
}

void feed_bench_init(struct feed_bench *b, const char *def, double speed)
{
	*b = (struct feed_bench){
		.loop = fake_loop_new(FIXTURE_NOW_MS),
		.api = fake_api_new(),
		.azure = {.name = xstrdup("azure"), .kind = CONN_ARM},
		.def = fixture_def(def),
	};
	b->host = (struct feed_host){
		.answers = answers_new(b->api, b->loop, NULL),
		.loop = b->loop,
		.speed = speed,
		.connection = find_connection,
		.publish = publish,
		.ctx = b,
	};
	b->feed = feed_new(&b->host, b->def);
}

void feed_bench_fini(struct feed_bench *b)
{
	feed_free(b->feed);
	answers_free(b->host.answers);
	board_put(b->board);
	board_def_put(b->def);
	fake_api_free(b->api);
	fake_loop_work(b->loop); /* where large answers are dropped */
	fake_loop_free(b->loop);
	free(b->azure.name);
}

void feed_bench_answer_all(struct feed_bench *b)
{
	fake_api_answer(b->api, "/subs", "{\"value\":[{\"id\":1},{\"id\":2}]}");
	fake_api_answer(b->api, "/dbs/1", "{\"value\":[{\"id\":\"x\",\"cpu\":10}]}");
	fake_api_answer(b->api, "/dbs/2", "{\"value\":[{\"id\":\"y\",\"cpu\":20}]}");
}
