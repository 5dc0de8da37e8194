/* An answer that streams at 1,000 tokens a second below a conversation of 10,000 lines: a
 * frame a token, as painted for a terminal of 120x40. What a token costs, how many bytes a
 * frame is, how long a key typed meanwhile takes to be on its way, and that nothing clears
 * the screen. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/strbuf.h"
#include "tui/app.h"
#include "tui/paint.h"
#include "worker/chat/chat.h"

enum {
	LINES = 10000,
	TURN_LINES = 50,
	TOKENS = 5000,
	TOKENS_A_BLOCK = 60,
	KEY_EVERY = 7,
	BUDGET_BYTES = 200,
	BUDGET_KEY_US = 16000,
};

static const char keys[] = "{\"bindings\": {\"global\": {\"C\": \"chat\"},"
			   " \"chat-input\": {\"enter\": \"send\"}}}";

static const char *const words[] = {"the ", "database ", "db-atlas ", "waits ",
				    "for ", "a ",	 "log ",      "write, ",
				    "and ", "**97** ",	 "`cpu` ",    "percent ",
				    "of ",  "it ",	 "is. "};
enum { WORDS = sizeof(words) / sizeof(words[0]) };

struct bench {
	struct app *app;
	struct grid *grid;
	struct painter painter;
	struct strbuf out;
	uint64_t last_id;
	int64_t token_us[TOKENS], key_us[TOKENS];
	int64_t bytes[TOKENS];
	size_t n_tokens, n_keys, n_clears;
};

static void ignore_want(void *ctx, const char *const *names, size_t n)
{
	(void)ctx;
	(void)names;
	(void)n;
}

static uint64_t on_ask(void *ctx, const struct chat_question *question)
{
	(void)question;
	return ++((struct bench *)ctx)->last_id;
}

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static int64_t percentile(int64_t *values, size_t n, size_t percent)
{
	qsort(values, n, sizeof(*values), compare);
	return values[n * percent / 100];
}

static void press(struct bench *b, uint32_t code)
{
	app_event(b->app, &(struct event){.kind = EVENT_KEY, .key = {.code = code}});
}

static void type(struct bench *b, const char *text)
{
	for (; *text; text++)
		press(b, (uint32_t)(unsigned char)*text);
}

static size_t paint(struct bench *b)
{
	strbuf_reset(&b->out);
	app_draw(b->app, b->grid);
	painter_paint(&b->painter, b->grid, &b->out);
	b->n_clears += strstr(b->out.p, "\033[2J") != NULL || strstr(b->out.p, "\033[J");
	return b->out.n;
}

static void give(struct bench *b, enum chat_step step, const struct strbuf *settled,
		 const struct strbuf *open)
{
	struct chat_news news = {.step = step, .question = b->last_id};

	answer_init(&news.answer);
	strbuf_init(&news.open, 1 << 20);
	strbuf_init(&news.text, 100);
	strbuf_init(&news.sent, 100);
	strbuf_put(&news.answer.prose, strbuf_str(settled));
	strbuf_put(&news.open, strbuf_str(open));
	app_give_chat(b->app, &news);
	answer_fini(&news.answer);
	strbuf_fini(&news.open);
	strbuf_fini(&news.text);
	strbuf_fini(&news.sent);
}

/* What was said before: turns with lists and tables. */
static void fill(struct bench *b)
{
	struct strbuf text, none;

	strbuf_init(&text, 1 << 20);
	strbuf_init(&none, 10);
	for (int line = 0; line < LINES; line++) {
		if (line % TURN_LINES == 0) {
			strbuf_reset(&text);
			type(b, "and");
			press(b, KEYCODE_ENTER);
		}
		strbuf_printf(&text, "- item %d of what was *said* before, with `code`\n",
			      line);
		if (line % TURN_LINES == TURN_LINES - 1)
			give(b, CHAT_ANSWER, &text, &none);
	}
	strbuf_fini(&text);
	strbuf_fini(&none);
}

static void stream(struct bench *b)
{
	struct strbuf settled, open;

	strbuf_init(&settled, 1 << 20);
	strbuf_init(&open, 1 << 20);
	type(b, "now");
	press(b, KEYCODE_ENTER);
	paint(b);
	for (size_t i = 0; i < TOKENS; i++) {
		int64_t from;

		if (i % TOKENS_A_BLOCK == TOKENS_A_BLOCK - 1) {
			strbuf_puts(&open, "\n\n");
			strbuf_put(&settled, strbuf_str(&open));
			strbuf_reset(&open);
		} else {
			strbuf_puts(&open, words[i % WORDS]);
		}
		from = clock_mono_us();
		give(b, CHAT_GROWS, &settled, &open);
		b->bytes[b->n_tokens] = (int64_t)paint(b);
		b->token_us[b->n_tokens++] = clock_mono_us() - from;
		if (i % KEY_EVERY == 0) {
			/* It comes while a token is being taken. */
			from = clock_mono_us();
			give(b, CHAT_GROWS, &settled, &open);
			press(b, 'x');
			paint(b);
			b->key_us[b->n_keys++] = clock_mono_us() - from;
		}
	}
	strbuf_fini(&settled);
	strbuf_fini(&open);
}

static bool report(struct bench *b)
{
	int64_t key_p99 = percentile(b->key_us, b->n_keys, 99);
	int64_t bytes = percentile(b->bytes, b->n_tokens, 50);

	printf("%-28s %6zu     p50 %6lld us  p99 %6lld us\n", "token with its frame",
	       b->n_tokens, (long long)percentile(b->token_us, b->n_tokens, 50),
	       (long long)percentile(b->token_us, b->n_tokens, 99));
	printf("%-28s %6zu     p50 %6lld us  p99 %6lld us  (budget %d)\n",
	       "key typed meanwhile", b->n_keys,
	       (long long)percentile(b->key_us, b->n_keys, 50), (long long)key_p99,
	       BUDGET_KEY_US);
	printf("%-28s            p50 %6lld     p99 %6lld     (budget %d)\n",
	       "bytes a frame", (long long)bytes,
	       (long long)percentile(b->bytes, b->n_tokens, 99), BUDGET_BYTES);
	printf("%-28s %6zu\n", "screens cleared", b->n_clears);
	return key_p99 <= BUDGET_KEY_US && bytes <= BUDGET_BYTES && b->n_clears == 0;
}

int main(void)
{
	static struct bench b;
	struct clock clock;
	struct err err = {0};
	struct keymap *keymap = keymap_parse(str_from(keys), "bench", "bench", &err);
	struct theme *theme = theme_load("dark", NULL, &err);
	struct app_host host = {.want = ignore_want, .ask = on_ask, .ctx = &b};
	bool is_ok;

	if (!keymap || !theme) {
		fprintf(stderr, "bench_chat: %s\n", err.text);
		return 1;
	}
	clock_init_manual(&clock, (int64_t)1795234320000);
	b.app = app_new(&(struct app_options){.clock = &clock, .keymap = keymap}, &host);
	b.grid = grid_new(120, 40);
	strbuf_init(&b.out, 1 << 20);
	painter_init(&b.painter, theme, DEPTH_256);
	b.painter.has_bce = b.painter.has_scroll = true;
	press(&b, 'C');
	fill(&b);
	paint(&b);
	b.n_clears = 0; /* the first frame may */
	stream(&b);
	is_ok = report(&b);
	painter_fini(&b.painter);
	strbuf_fini(&b.out);
	app_free(b.app);
	grid_free(b.grid);
	theme_free(theme);
	keymap_free(keymap);
	return is_ok ? 0 : 1;
}
