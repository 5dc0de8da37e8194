/* What a question costs this program beside its model: choosing, the turn copied, its
 * body written, an answer's end, the money counted; and what an event of the stream costs.
 * The client of HTTP is in here and answers at once, so that nothing is measured but
 * ours. Budget: 200 us for the slowest question of a hundred, 10 us for an event. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "ai/gateway.h"
#include "base/strbuf.h"
#include "base/xalloc.h"

enum { QUESTIONS = 5000, EVENTS = 60, BUDGET_US = 200, EVENT_BUDGET_US = 10 };

/* In place of net/http.c. */
struct http {
	http_done_fn done;
	void *ctx;
	struct http_request request;
	size_t bytes;
};

uint64_t http_send(struct http *http, const struct http_request *request,
		   http_done_fn done, void *ctx)
{
	http->request = *request;
	http->done = done;
	http->ctx = ctx;
	http->bytes += request->body.n;
	return 1;
}

void http_cancel(struct http *http, uint64_t id)
{
	(void)id;
	http->done = NULL;
}

struct str http_header_find(const struct http_response *r, const char *name)
{
	(void)r;
	(void)name;
	return (struct str){0};
}

static void stream(struct http *http, const struct strbuf *events, size_t n)
{
	for (size_t i = 0; i < n; i++)
		http->request.on_chunk(strbuf_str(&events[i]), http->ctx);
}

static void finish(struct http *http, const struct strbuf *last)
{
	struct http_response r = {.status = 200};
	http_done_fn done = http->done;

	http->request.on_chunk(strbuf_str(last), http->ctx);
	http->done = NULL;
	err_clear(&r.err);
	done(&r, http->ctx);
}

static struct credential *identity(const struct config_ai_provider *of, const char *path,
				   void *ctx, struct err *err)
{
	(void)of;
	(void)path;
	return credential_from_text(ctx, STR("none"), NULL, err);
}

static void on_news(const struct gateway_news *news, void *ctx)
{
	*(int *)ctx += news->step == GATEWAY_DONE;
}

static void make_events(struct strbuf *events)
{
	for (size_t i = 0; i < EVENTS; i++) {
		strbuf_init(&events[i], 4096);
		strbuf_printf(&events[i],
			      "data: {\"choices\":[{\"content_filter_results\":{\"hate\":"
			      "{\"filtered\":false,\"severity\":\"safe\"},\"violence\":"
			      "{\"filtered\":false,\"severity\":\"safe\"}},\"delta\":"
			      "{\"content\":\"word%zu \"},\"finish_reason\":%s,\"index\":"
			      "0}],\"created\":1,\"id\":\"chatcmpl-1\",\"model\":"
			      "\"gpt-4o\",\"object\":\"chat.completion.chunk\"}\n\n%s",
			      i, i + 1 < EVENTS ? "null" : "\"stop\"",
			      i + 1 < EVENTS
				      ? ""
				      : "data: {\"choices\":[],\"usage\":{"
					"\"prompt_tokens\":2000,\"completion_tokens\":"
					"60,\"total_tokens\":2060}}\n\ndata: [DONE]\n\n");
	}
}

/* What the chat sends: instructions, evidence, tools. */
static void make_turn(struct turn *turn, struct turn_message *messages,
		      struct turn_tool *tools, struct strbuf *text)
{
	strbuf_init(text, 1 << 20);
	while (text->n < 8000)
		strbuf_puts(text,
			    "[S:dr.group[atlas].lag_sec] 12 s, \"as of\" 10:20:30\n");
	messages[0] =
		(struct turn_message){.role = TURN_SYSTEM, .text = strbuf_str(text)};
	messages[1] = (struct turn_message){.role = TURN_USER,
					    .text = STR("is Atlas ready to fail over?")};
	for (size_t i = 0; i < 4; i++)
		tools[i] = (struct turn_tool){
			.name = "board_rows",
			.about = "rows of a board, cut by a JMESPath",
			.parameters = cJSON_Parse(
				"{\"type\":\"object\",\"properties\":{\"board\":{"
				"\"type\":"
				"\"string\"},\"query\":{\"type\":\"string\"}},"
				"\"required\":[\"board\"]}")};
	*turn = (struct turn){.messages = messages,
			      .n_messages = 2,
			      .tools = tools,
			      .n_tools = 4,
			      .most_tokens = 800};
}

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* Of the processor: others run here too. */
static int64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* Microseconds of ours; what loop_turn waits for at most is a timer that is due. */
static int64_t ask_once(struct gateway *g, struct loop *loop, struct http *http,
			const struct turn *turn, const struct strbuf *events,
			int64_t *streamed_us)
{
	int64_t began_us = now_us();
	int64_t stream_us;
	int n_done = 0;

	gateway_ask(g, &(struct gateway_ask){.turn = turn, .reach = REACH_CLOUD}, on_news,
		    &n_done);
	while (!http->done)
		loop_turn(loop, 0);
	stream_us = now_us();
	stream(http, events, EVENTS - 1);
	stream_us = now_us() - stream_us;
	finish(http, &events[EVENTS - 1]);
	while (!n_done)
		loop_turn(loop, 0);
	*streamed_us += stream_us;
	return now_us() - began_us - stream_us;
}

int main(void)
{
	static const char text[] =
		"{\"ai\":{\"providers\":[{\"name\":\"a\",\"kind\":\"azure-openai\","
		"\"base\":"
		"\"https://"
		"a.example\",\"model\":\"chat\",\"prices\":{\"in\":2,\"out\":8}},"
		"{\"name\":\"b\",\"kind\":\"ollama\",\"model\":\"m\"}]}}";
	static int64_t took[QUESTIONS];
	static struct strbuf events[EVENTS];
	struct turn_message messages[2];
	struct turn_tool tools[4];
	struct turn turn;
	struct strbuf evidence;
	struct clock clock;
	struct err err;
	struct http http = {0};
	struct credential_host host = {.http = &http};
	struct config *config = config_parse(STR(text), "bench", &err);
	struct gateway *g;
	int64_t streamed_us = 0;
	double event_us;

	clock_init_real(&clock);
	host.loop = loop_new(&clock, &err);
	make_events(events);
	make_turn(&turn, messages, tools, &evidence);
	g = config && host.loop
		    ? gateway_new(&(struct gateway_options){.loop = host.loop,
							    .http = &http,
							    .config = config,
							    .identity = identity,
							    .identity_ctx = &host},
				  &err)
		    : NULL;
	if (!g)
		fatal("bench_gateway: no gateway");
	for (size_t i = 0; i < QUESTIONS; i++)
		took[i] = ask_once(g, host.loop, &http, &turn, events, &streamed_us);
	qsort(took, QUESTIONS, sizeof(*took), compare);
	event_us = (double)streamed_us / QUESTIONS / (EVENTS - 1);
	printf("a question: p50 %lld us, p99 %lld us, most %lld us; %zu bytes sent; "
	       "budget %d us\nan event: %.1f us; budget %d us\n",
	       (long long)took[QUESTIONS / 2], (long long)took[QUESTIONS * 99 / 100],
	       (long long)took[QUESTIONS - 1], http.bytes / QUESTIONS, BUDGET_US,
	       event_us, EVENT_BUDGET_US);
	return took[QUESTIONS * 99 / 100] <= BUDGET_US && event_us <= EVENT_BUDGET_US ? 0
										      : 1;
}
