/* See sse.h. An event ends with an empty line; one the stream breaks off in is
 * never given, as the standard has it. */
#include "net/sse.h"

enum { FIELD_MAX = 1024 };

static bool dispatch(struct sse *sse)
{
	struct sse_event event = {
		.type = sse->type.n ? strbuf_str(&sse->type) : STR("message"),
		.id = strbuf_str(&sse->id),
	};
	bool goes_on = true;

	if (sse->has_data) {
		/* Every data line left an '\n'; the last one is not part of it. */
		event.data = str_sub(strbuf_str(&sse->data), 0, sse->data.n - 1);
		goes_on = sse->fn(&event, sse->ctx);
	}
	strbuf_reset(&sse->type);
	strbuf_reset(&sse->data);
	sse->has_data = false;
	return goes_on;
}

static void take_field(struct sse *sse, struct str name, struct str value)
{
	int64_t ms;

	if (str_eq(name, STR("data"))) {
		strbuf_put(&sse->data, value);
		strbuf_putc(&sse->data, '\n');
		sse->has_data = true;
	} else if (str_eq(name, STR("event"))) {
		strbuf_reset(&sse->type);
		strbuf_put(&sse->type, value);
	} else if (str_eq(name, STR("id")) && str_find_char(value, '\0') < 0) {
		strbuf_reset(&sse->id);
		strbuf_put(&sse->id, value);
	} else if (str_eq(name, STR("retry")) && str_to_i64(value, &ms) && ms >= 0) {
		sse->retry_ms = ms;
	}
}

static bool on_line(struct str line, void *ctx)
{
	struct sse *sse = ctx;
	ptrdiff_t colon;
	struct str value;

	if (line.n == 0)
		return dispatch(sse);
	colon = str_find_char(line, ':');
	if (colon == 0)
		return true; /* a comment: often a keep-alive */
	value = colon < 0 ? (struct str){0} : str_sub(line, (size_t)colon + 1, line.n);
	if (value.n && value.p[0] == ' ')
		value = str_sub(value, 1, value.n);
	take_field(sse, colon < 0 ? line : str_sub(line, 0, (size_t)colon), value);
	sse->is_too_large = sse->data.overflow || sse->type.overflow || sse->id.overflow;
	return !sse->is_too_large;
}

void sse_init(struct sse *sse, size_t max_event, sse_fn fn, void *ctx)
{
	*sse = (struct sse){.retry_ms = -1, .fn = fn, .ctx = ctx};
	line_cutter_init(&sse->lines, max_event, true, on_line, sse);
	strbuf_init(&sse->data, max_event);
	strbuf_init(&sse->type, FIELD_MAX);
	strbuf_init(&sse->id, FIELD_MAX);
}

void sse_fini(struct sse *sse)
{
	line_cutter_fini(&sse->lines);
	strbuf_fini(&sse->data);
	strbuf_fini(&sse->type);
	strbuf_fini(&sse->id);
}

bool sse_feed(struct sse *sse, struct str bytes, struct err *err)
{
	if (line_cutter_feed(&sse->lines, bytes, err))
		return true;
	if (sse->is_too_large)
		err_set(err, ERR_TOO_LARGE, "an event is longer than %zu bytes",
			sse->data.max);
	return false;
}
