/* Live lines from another thread: the ring is written there and read here, streams come
 * and go, and the worker ends with one open. Under the sanitizers this is where races
 * between the two show. Thread: the test's, and the worker's. */
#include "worker/log/follow.h"

#include <poll.h>

#include "unit/check.h"

enum { PATIENCE_MS = 30000, STREAMS = 4 };

struct stream {
	uint64_t id;
	struct ring *ring;
	struct live_status status;
	size_t n_rings, n_news;
};

struct bench {
	struct clock clock;
	struct library *library;
	struct wake_fd wake;
	struct worker *worker;
	struct stream streams[STREAMS];
};

static void start(struct bench *b, double speed)
{
	const struct worker_options options = {.clock = &b->clock,
					       .library = b->library,
					       .is_demo = true,
					       .seed = 1,
					       .speed = speed};
	struct err err;

	clock_init_scaled(&b->clock, INT64_C(1773224430000), speed);
	b->library = library_new(NULL, NULL, NULL);
	assert_true(wake_fd_init(&b->wake));
	b->worker = worker_start(&options, wake_fd_raise, &b->wake, &err);
	assert_non_null(b->worker);
}

static void stop(struct bench *b)
{
	worker_stop(b->worker);
	for (size_t i = 0; i < STREAMS; i++)
		ring_free(b->streams[i].ring);
	wake_fd_fini(&b->wake);
	library_free(b->library);
}

static void follow(struct bench *b, size_t i, const char *source, bool is_once)
{
	b->streams[i].id =
		worker_follow(b->worker, &(struct follow_options){.source = source,
								  .is_once = is_once});
}

static void take(struct bench *b, struct news *news)
{
	for (size_t i = 0; i < STREAMS; i++) {
		struct stream *s = &b->streams[i];
		struct ring *ring;

		if (news->mail.kind != NEWS_STREAM || news->request_id != s->id)
			continue;
		ring = news_take_ring(news);
		s->n_rings += ring != NULL;
		if (ring)
			s->ring = ring;
		s->status = news->stream;
		s->n_news++;
	}
}

static void read_news(struct bench *b)
{
	struct mail *mail = worker_news(b->worker);

	while (mail) {
		struct mail *next = mail->next;

		take(b, (struct news *)mail);
		mail->free(mail);
		mail = next;
	}
}

static void wait_for(struct bench *b, size_t i, enum live_state state, uint64_t lines)
{
	struct pollfd fd = {.fd = b->wake.read_fd, .events = POLLIN};
	const struct stream *s = &b->streams[i];

	while (!(s->n_news && s->status.state == state && s->status.lines >= lines)) {
		assert_int_equal(poll(&fd, 1, PATIENCE_MS), 1);
		wake_fd_clear(&b->wake);
		read_news(b);
	}
}

/* Looks at all of it while it is written. */
static uint64_t read_ring(const struct stream *s)
{
	struct ring_view view;
	struct line line;
	uint64_t bytes = 0;

	ring_view_take(s->ring, &view);
	for (uint64_t i = view.first; i < view.end; i++) {
		assert_true(ring_view_line(&view, i, &line));
		assert_true(line.source.n > 0);
		for (size_t k = 0; k < line.raw.n; k++)
			bytes += line.raw.p[k] != '\0';
	}
	ring_view_drop(&view);
	return bytes;
}

static void lines_come(void **state)
{
	struct bench b = {0};

	(void)state;
	start(&b, 60);
	follow(&b, 0, "pods:atlas/*@aks-atlas-prod", false);
	wait_for(&b, 0, LIVE_FOLLOWING, 500);
	assert_true(read_ring(&b.streams[0]) > 500);
	wait_for(&b, 0, LIVE_FOLLOWING, b.streams[0].status.lines + 100);
	read_ring(&b.streams[0]);
	assert_int_equal(b.streams[0].n_rings, 1);
	assert_true(b.streams[0].status.origins > 10);
	/* With the stream open; the ring is still there. */
	worker_stop(b.worker);
	b.worker = NULL;
	assert_true(read_ring(&b.streams[0]) > 500);
	stop(&b);
}

static void come_and_go(void **state)
{
	struct bench b = {0};
	size_t n;

	(void)state;
	start(&b, 1);
	follow(&b, 0, "orders", false);
	follow(&b, 1, "errors", true);
	follow(&b, 2, "nope", false);
	follow(&b, 3, "pods:atlas/pricing", true);
	worker_unfollow(b.worker, b.streams[0].id);
	worker_unfollow(b.worker, 12345);
	wait_for(&b, 1, LIVE_ENDED, 1);
	wait_for(&b, 2, LIVE_FAILED, 0);
	assert_int_equal(b.streams[2].status.err.code, ERR_NOT_FOUND);
	assert_null(b.streams[2].ring);
	wait_for(&b, 3, LIVE_ENDED, 1);
	/* One that was let go before it began is never told of again. */
	n = b.streams[0].n_news;
	follow(&b, 3, "pods:atlas/pricing", true);
	ring_free(b.streams[3].ring);
	b.streams[3].ring = NULL;
	b.streams[3].n_news = 0;
	wait_for(&b, 3, LIVE_ENDED, 1);
	assert_int_equal(b.streams[0].n_news, n);
	stop(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_come),
		cmocka_unit_test(come_and_go),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
