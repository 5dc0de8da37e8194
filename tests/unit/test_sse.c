/* Server-sent events and lines: the same result wherever the network cuts. */
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "net/sse.h"

enum { CAP = 4096 };

static bool note_event(const struct sse_event *e, void *ctx)
{
	struct strbuf *out = ctx;

	strbuf_printf(out, "[%.*s|%.*s|%.*s]", STR_ARG(e->type), STR_ARG(e->id),
		      STR_ARG(e->data));
	return str_find(e->data, STR("STOP")) < 0;
}

static bool note_line(struct str line, void *ctx)
{
	strbuf_printf(ctx, "[%.*s]", STR_ARG(line));
	return str_find(line, STR("STOP")) < 0;
}

/* In two parts, cut at `at`, or in pieces of `piece` bytes. */
static enum err_code feed_sse(struct str in, size_t at, size_t piece, struct strbuf *out)
{
	struct err err = {0};
	struct sse sse;
	bool ok = true;

	sse_init(&sse, CAP, note_event, out);
	if (piece) {
		for (size_t i = 0; ok && i < in.n; i += piece)
			ok = sse_feed(&sse, str_sub(in, i, piece), &err);
	} else {
		ok = sse_feed(&sse, str_sub(in, 0, at), &err) &&
		     sse_feed(&sse, str_sub(in, at, in.n), &err);
	}
	sse_fini(&sse);
	assert_int_equal(ok, err.code == ERR_NONE);
	return err.code;
}

static void check_everywhere(const char *name, struct str in, const char *want,
			     enum err_code code)
{
	struct strbuf out;

	strbuf_init(&out, 1 << 20);
	for (size_t at = 0; at <= in.n; at++) {
		strbuf_reset(&out);
		check_case(name, feed_sse(in, at, 0, &out) == code);
		check_text(name, strbuf_str(&out), want);
	}
	for (size_t piece = 1; piece < 4; piece++) {
		strbuf_reset(&out);
		check_case(name, feed_sse(in, 0, piece, &out) == code);
		check_text(name, strbuf_str(&out), want);
	}
	strbuf_fini(&out);
}

static void events(void **state)
{
	static const struct {
		const char *name;
		struct str in;
		const char *want;
		enum err_code code;
	} cases[] = {
		{"one", STR("data: a\n\n"), "[message||a]", ERR_NONE},
		{"no blank after the colon", STR("data:a\n\n"), "[message||a]", ERR_NONE},
		{"only one blank goes", STR("data:  a\n\n"), "[message|| a]", ERR_NONE},
		{"two lines", STR("data: a\ndata: b\n\n"), "[message||a\nb]", ERR_NONE},
		{"empty data", STR("data\n\ndata:\n\n"), "[message||][message||]",
		 ERR_NONE},
		{"CRLF", STR("data: a\r\ndata: b\r\n\r\n"), "[message||a\nb]", ERR_NONE},
		{"lone CR", STR("data: a\rdata: b\r\rdata: c\r\r"),
		 "[message||a\nb][message||c]", ERR_NONE},
		{"mixed ends", STR("data: a\r\ndata: b\n\rdata: c\n\n"),
		 "[message||a\nb][message||c]", ERR_NONE},
		{"byte order mark",
		 STR("\xef\xbb\xbf"
		     "data: a\n\n"),
		 "[message||a]", ERR_NONE},
		{"mark only at the start",
		 STR("data: a\n\n\xef\xbb\xbf"
		     "data: b\n\n"),
		 "[message||a]", ERR_NONE},
		{"comments", STR(": ping\ndata: a\n:\n\n: pong\n\n"), "[message||a]",
		 ERR_NONE},
		{"type and id", STR("event: delta\nid: 7\ndata: a\n\ndata: b\n\n"),
		 "[delta|7|a][message|7|b]", ERR_NONE},
		{"type without data", STR("event: x\n\ndata: a\n\n"), "[message||a]",
		 ERR_NONE},
		{"id with NUL", STR("id: a\0b\ndata: c\n\n"), "[message||c]", ERR_NONE},
		{"unknown field", STR("foo: bar\ndata: a\n\n"), "[message||a]", ERR_NONE},
		{"cut off", STR("data: a\n\ndata: b\n"), "[message||a]", ERR_NONE},
		{"UTF-8", STR("data: \xe2\x82\xac\xf0\x9f\x9a\x80\n\n"),
		 "[message||\xe2\x82\xac\xf0\x9f\x9a\x80]", ERR_NONE},
		{"stopped", STR("data: STOP\n\ndata: a\n\n"), "[message||STOP]",
		 ERR_CANCELLED},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		check_everywhere(cases[i].name, cases[i].in, cases[i].want,
				 cases[i].code);
}

static void retry_is_kept(void **state)
{
	struct strbuf out;
	struct err err;
	struct sse sse;

	(void)state;
	strbuf_init(&out, CAP);
	sse_init(&sse, CAP, note_event, &out);
	assert_int_equal(sse.retry_ms, -1);
	assert_true(sse_feed(&sse, STR("retry: 1500\nretry: x\nretry: -1\n\n"), &err));
	assert_int_equal(sse.retry_ms, 1500);
	sse_fini(&sse);
	strbuf_fini(&out);
}

static void caps(void **state)
{
	static char long_line[2 * CAP + 8], many[3 * CAP];
	struct strbuf out;

	(void)state;
	strbuf_init(&out, CAP);
	memset(long_line, 'x', 2 * CAP);
	assert_int_equal(feed_sse((struct str){long_line, 2 * CAP}, 100, 0, &out),
			 ERR_TOO_LARGE);
	assert_int_equal(feed_sse((struct str){long_line, 2 * CAP}, 0, 7, &out),
			 ERR_TOO_LARGE);
	for (size_t i = 0; i + 10 <= sizeof(many); i += 10)
		memcpy(many + i, "data: abc\n", 10);
	assert_int_equal(feed_sse((struct str){many, sizeof(many)}, 0, 1, &out),
			 ERR_TOO_LARGE);
	assert_int_equal(out.n, 0);
	strbuf_fini(&out);
}

static void lines_everywhere(void **state)
{
	static const struct {
		const char *name;
		struct str in;
		const char *want;
	} cases[] = {
		{"LF", STR("{\"a\":1}\n{\"b\":2}\n"), "[{\"a\":1}][{\"b\":2}]"},
		{"CRLF", STR("a\r\nb\r\n"), "[a][b]"},
		{"a CR inside stays", STR("a\rb\n"), "[a\rb]"},
		{"empty lines", STR("a\n\nb\n"), "[a][][b]"},
		{"no end at the end", STR("a\nb"), "[a][b]"},
		{"mark",
		 STR("\xef\xbb\xbf"
		     "a\n"),
		 "[a]"},
		{"stopped", STR("a\nSTOP\nb\n"), "[a][STOP]"},
	};
	struct strbuf out;

	(void)state;
	strbuf_init(&out, CAP);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		for (size_t at = 0; at <= cases[i].in.n; at++) {
			struct str in = cases[i].in;
			struct line_cutter l;
			struct err err = {0};
			bool ok;

			strbuf_reset(&out);
			line_cutter_init(&l, CAP, false, note_line, &out);
			ok = line_cutter_feed(&l, str_sub(in, 0, at), &err) &&
			     line_cutter_feed(&l, str_sub(in, at, in.n), &err) &&
			     line_cutter_end(&l, &err);
			check_case(cases[i].name, ok == (err.code == ERR_NONE));
			check_text(cases[i].name, strbuf_str(&out), cases[i].want);
			line_cutter_fini(&l);
		}
	}
	strbuf_fini(&out);
}

/* A recorded stream, when the recordings stand beside the project. */
static bool read_recording(const char *name, struct strbuf *out)
{
	char path[512];
	const char *top = getenv("AZ_SRCDIR");
	struct err err;

	snprintf(path, sizeof(path), "%s/../shared/wire/ai/%s", top ? top : ".", name);
	strbuf_init(out, 1 << 20);
	return file_read(path, out, &err);
}

static size_t count_events(struct str in, size_t piece)
{
	struct strbuf out;
	size_t n = 0;

	strbuf_init(&out, 1 << 20);
	assert_true(feed_sse(in, in.n / 2, piece, &out) == ERR_NONE);
	for (size_t i = 0; i + 9 <= out.n; i++)
		n += memcmp(out.p + i, "[message|", 9) == 0;
	strbuf_fini(&out);
	return n;
}

static void recorded_stream_in_any_pieces(void **state)
{
	struct strbuf text, crlf;

	(void)state;
	if (!read_recording("azure-openai-chat-stream.sse.txt", &text)) {
		print_message("# skipped: no recordings beside the source\n");
		strbuf_fini(&text);
		return;
	}
	strbuf_init(&crlf, 1 << 20);
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '\n' && (!i || text.p[i - 1] != '\r'))
			strbuf_putc(&crlf, '\r');
		strbuf_putc(&crlf, text.p[i]);
	}
	/* 25 events and [DONE]. */
	for (size_t piece = 0; piece < 64; piece++) {
		assert_int_equal(count_events(strbuf_str(&text), piece), 26);
		assert_int_equal(count_events(strbuf_str(&crlf), piece), 26);
	}
	strbuf_fini(&text);
	strbuf_fini(&crlf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(events),
		cmocka_unit_test(retry_is_kept),
		cmocka_unit_test(caps),
		cmocka_unit_test(lines_everywhere),
		cmocka_unit_test(recorded_stream_in_any_pieces),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
