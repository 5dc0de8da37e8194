/* See dialect.h. */
#include "ai/dialect.h"

#include "base/count.h"
#include "base/json.h"

enum { EVENT_MOST = 1 << 20, WHOLE_MOST = 4 << 20 };

static const struct {
	const char *name, *path;
	reply_take_fn take;
} rows[] = {
#define X(id, word, path, taker) {word, path, taker},
	DIALECT_LIST(X)
#undef X
};

const char *dialect_name(enum dialect dialect)
{
	return rows[dialect].name;
}

bool dialect_find(struct str name, enum dialect *out)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		if (!str_eq(name, str_from(rows[i].name)))
			continue;
		*out = (enum dialect)i;
		return true;
	}
	return false;
}

const char *dialect_path(enum dialect dialect)
{
	return rows[dialect].path;
}

static void fail(struct reply_reader *r, const struct err *err)
{
	r->reply->error = (struct model_error){.trouble = TROUBLE_DOWN, .err = *err};
	err_wrap(&r->reply->error.err, "its answer cannot be read");
	r->reply->end = REPLY_FAILED;
	r->is_done = true;
}

static void take_event(struct reply_reader *r, const cJSON *event)
{
	r->events++;
	r->is_done = !r->take(r->reply, event);
}

/* False: nothing more is wanted. */
static bool take(struct reply_reader *r, struct str text)
{
	struct err err;
	cJSON *event = json_parse(text, &json_wire, NULL, &err);

	if (event)
		take_event(r, event);
	else
		fail(r, &err);
	cJSON_Delete(event);
	return !r->is_done;
}

static bool on_event(const struct sse_event *event, void *ctx)
{
	struct reply_reader *r = ctx;

	if (str_eq(str_trim(event->data), STR("[DONE]"))) {
		r->is_done = r->reply->has_finish = true;
		return false;
	}
	return event->data.n == 0 || take(r, event->data);
}

/* A first line that is no document is the first line of one, printed over several. */
static bool on_line(struct str line, void *ctx)
{
	struct reply_reader *r = ctx;
	struct err err;
	cJSON *event = NULL;

	if (str_trim(line).n == 0)
		return true;
	if (r->events > 0)
		return take(r, line);
	event = json_parse(line, &json_wire, NULL, &err);
	if (event)
		take_event(r, event);
	else
		r->form = READER_WHOLE;
	cJSON_Delete(event);
	return event && !r->is_done;
}

void reply_reader_init(struct reply_reader *r, enum dialect dialect, struct reply *reply)
{
	*r = (struct reply_reader){.take = rows[dialect].take, .reply = reply};
	sse_init(&r->sse, EVENT_MOST, on_event, r);
	line_cutter_init(&r->lines, EVENT_MOST, false, on_line, r);
	strbuf_init(&r->whole, WHOLE_MOST);
}

void reply_reader_fini(struct reply_reader *r)
{
	sse_fini(&r->sse);
	line_cutter_fini(&r->lines);
	strbuf_fini(&r->whole);
}

/* Server-sent events begin with the name of a field, a comment or an empty line. */
static void see_form(struct reply_reader *r, struct str bytes)
{
	struct str text = str_trim(bytes);

	if (r->form != READER_NEW || text.n == 0)
		return;
	if (text.p[0] == '{')
		r->form = READER_LINES;
	else
		r->form =
			text.p[0] == '<' || text.p[0] == '[' ? READER_WHOLE : READER_SSE;
}

static bool cut(struct reply_reader *r, struct str bytes, struct err *err)
{
	return r->form == READER_SSE ? sse_feed(&r->sse, bytes, err)
				     : line_cutter_feed(&r->lines, bytes, err);
}

bool reply_reader_feed(struct reply_reader *r, struct str bytes)
{
	bool was_blank = r->form == READER_NEW && r->whole.n > 0;
	struct err err;

	if (r->is_done)
		return false;
	if (r->events == 0 && r->form != READER_SSE)
		strbuf_put(&r->whole, bytes);
	see_form(r, bytes);
	/* The blanks before it belong to the first line. */
	if (was_blank)
		bytes = strbuf_str(&r->whole);
	if (r->form == READER_NEW || r->form == READER_WHOLE || cut(r, bytes, &err) ||
	    r->form == READER_WHOLE)
		return !r->is_done;
	if (!r->is_done)
		fail(r, &err);
	return false;
}

void reply_reader_over(struct reply_reader *r)
{
	struct err err;

	if (r->form == READER_LINES && !r->is_done && !line_cutter_end(&r->lines, &err) &&
	    r->form == READER_LINES && !r->is_done)
		fail(r, &err);
	if (r->form == READER_WHOLE && r->events == 0)
		take(r, strbuf_str(&r->whole));
	ai_reply_over(r->reply);
}
