/* See log_desk.h. */
#include "worker/log/log_desk.h"

#include <stdlib.h>

#include "base/thread.h"
#include "base/vec.h"
#include "base/xalloc.h"

struct log_desk {
	struct loop *loop;
	log_tell_fn tell;
	void *ctx;
	VEC(struct log_reader *) readers;
};

struct log_desk *log_desk_new(struct loop *loop, log_tell_fn tell, void *ctx)
{
	struct log_desk *desk = xcalloc(1, sizeof(*desk));

	*desk = (struct log_desk){.loop = loop, .tell = tell, .ctx = ctx};
	return desk;
}

static void close_at(struct log_desk *desk, size_t i)
{
	log_reader_close(desk->readers.p[i]);
	desk->readers.p[i] = desk->readers.p[--desk->readers.n];
}

void log_desk_free(struct log_desk *desk)
{
	if (!desk)
		return;
	while (desk->readers.n > 0)
		close_at(desk, desk->readers.n - 1);
	vec_fini(&desk->readers);
	free(desk);
}

static size_t find(const struct log_desk *desk, uint32_t log)
{
	size_t i = 0;

	while (i < desk->readers.n && log_reader_log(desk->readers.p[i]) != log)
		i++;
	return i;
}

void log_desk_obey(struct log_desk *desk, struct log_order *order)
{
	size_t i = find(desk, order->log);

	THREAD_ASSERT(THREAD_CORE);
	if (order->mail.kind == LOG_OPEN) {
		struct log_reader *reader =
			log_reader_new(desk->loop, order, desk->tell, desk->ctx);

		vec_push(&desk->readers, reader);
		return;
	}
	if (i < desk->readers.n && order->mail.kind != LOG_CLOSE) {
		log_reader_obey(desk->readers.p[i], order);
		return;
	}
	if (i < desk->readers.n)
		close_at(desk, i);
	log_order_free(order);
}
