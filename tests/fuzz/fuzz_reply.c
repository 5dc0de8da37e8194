/* A model's answer: fed whole and fed in pieces it is the same reply, whatever comes, and
 * nothing of it passes its cap. The first byte says in which dialect it is read and how
 * large the pieces are. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "ai/dialect.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void read_reply(struct str in, enum dialect dialect, size_t piece,
		       struct reply *reply)
{
	struct reply_reader reader;
	bool goes_on = true;

	ai_reply_init(reply);
	reply_reader_init(&reader, dialect, reply);
	for (size_t i = 0; goes_on && i < in.n; i += piece)
		goes_on = reply_reader_feed(&reader, str_sub(in, i, piece));
	reply_reader_over(&reader);
	ai_reply_over(reply);
	reply_reader_fini(&reader);
}

static void check(bool is_so)
{
	if (!is_so)
		abort();
}

static void check_caps(const struct reply *r)
{
	struct str kept = ai_reply_kept(r);

	check(r->end != REPLY_OPEN && r->end < REPLY_ENDS);
	check(r->text.n <= REPLY_TEXT_MOST && kept.n <= r->text.n);
	check(r->n_calls <= REPLY_CALLS_MOST);
	for (size_t i = 0; i < r->n_calls; i++)
		check(r->calls[i].arguments.n <= REPLY_ARGUMENTS_MOST);
}

static void check_same(const struct reply *a, const struct reply *b)
{
	check(a->end == b->end && a->n_calls == b->n_calls);
	check(str_eq(strbuf_str(&a->text), strbuf_str(&b->text)));
	check(str_eq(strbuf_str(&a->thought), strbuf_str(&b->thought)));
	check(str_eq(strbuf_str(&a->refusal), strbuf_str(&b->refusal)));
	for (size_t i = 0; i < a->n_calls; i++) {
		check(str_eq(strbuf_str(&a->calls[i].arguments),
			     strbuf_str(&b->calls[i].arguments)));
		check(strcmp(a->calls[i].name, b->calls[i].name) == 0);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str in = {.p = (const char *)data + 1, .n = n ? n - 1 : 0};
	struct reply whole, pieces;
	enum dialect dialect;

	if (!in.n)
		return 0;
	dialect = (enum dialect)(data[0] % 4 % DIALECTS);
	read_reply(in, dialect, in.n, &whole);
	read_reply(in, dialect, data[0] / 4 + 1u, &pieces);
	check_caps(&whole);
	check_same(&whole, &pieces);
	ai_reply_fini(&whole);
	ai_reply_fini(&pieces);
	return 0;
}
