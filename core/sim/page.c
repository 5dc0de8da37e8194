/* Paging by an opaque $skiptoken. Thread: core. The link is the caller's own URL
 * with the token put in: it has to be followed as it stands, api-version and all. */
#include <stdio.h>

#include "sim/reply.h"

/* What the token says; the check makes invented tokens visible. */
struct mark {
	size_t from;
	bool past_gap;
};

static unsigned check_of(const struct mark *mark)
{
	return (unsigned)(mark->from * 2654435761u) ^ (mark->past_gap ? 0x5eu : 0x17u);
}

static bool mark_parse(struct str token, struct mark *mark)
{
	unsigned from, gap, check;
	char text[32];
	int used = 0;

	if (token.n >= sizeof(text))
		return false;
	snprintf(text, sizeof(text), "%.*s", STR_ARG(token));
	if (sscanf(text, "%8x-%1x-%8x%n", &from, &gap, &check, &used) != 3 ||
	    (size_t)used != token.n || gap > 1)
		return false;
	*mark = (struct mark){.from = from, .past_gap = gap == 1};
	return check == check_of(mark);
}

static const char *link_to(const struct request *req, struct arena *arena,
			   const struct mark *mark)
{
	struct str rest = req->target, part;
	struct strbuf link;
	const char *text;
	char joint = '?';

	strbuf_init(&link, REQUEST_MAX_TARGET * 2);
	strbuf_put(&link, req->base);
	strbuf_put(&link, req->path);
	str_next(&rest, '?', &part);
	while (rest.p && str_next(&rest, '&', &part)) {
		if (str_starts_nocase(part, STR("%24skiptoken=")) ||
		    str_starts_nocase(part, STR("$skiptoken=")))
			continue;
		strbuf_putc(&link, joint);
		strbuf_put(&link, part);
		joint = '&';
	}
	strbuf_printf(&link, "%c%%24skiptoken=%08x-%x-%08x", joint, (unsigned)mark->from,
		      mark->past_gap, check_of(mark));
	text = arena_strdup(arena, strbuf_str(&link));
	strbuf_fini(&link);
	return text;
}

bool page_init(struct page *p, const struct request *req, struct reply *rep, size_t total,
	       size_t size, bool gap)
{
	struct mark mark = {0}, next = {0};

	*p = (struct page){0};
	if (request_has_query(req, "$skiptoken") &&
	    !mark_parse(request_query(req, "$skiptoken"), &mark)) {
		reply_error(rep, 400, "InvalidSkipToken",
			    "The skip token in the request is not valid.");
		return false;
	}
	p->from = mark.from < total ? mark.from : total;
	p->to = total - p->from < size ? total : p->from + size;
	if (gap && p->from == size && !mark.past_gap && p->from < total) {
		p->to = p->from;
		next.past_gap = true;
	}
	next.from = p->to;
	if (p->to < total) {
		p->has_next = true;
		p->next_link = link_to(req, rep->arena, &next);
	}
	return true;
}

void page_begin(struct reply *rep)
{
	jw_object(&rep->body, NULL);
	jw_list(&rep->body, "value");
}

void page_end(struct reply *rep, const struct page *p)
{
	jw_list_end(&rep->body);
	if (p->next_link)
		jw_text(&rep->body, "nextLink", p->next_link);
	jw_object_end(&rep->body);
}
