/* See paging.h. Links are followed to the letter: Azure's are opaque, and a
 * parameter encoded again is another link. */
#include "azure/paging.h"

#include "azure/host.h"
#include "base/json.h"

void paging_init(struct paging *p, enum paging_style style, struct str base_url,
		 struct str first_url, int max_pages)
{
	*p = (struct paging){
		.style = style,
		.base_url = base_url,
		.first_url = first_url,
		.max_pages = max_pages > 0 ? max_pages : PAGING_MAX_PAGES,
	};
	map_init(&p->seen);
	map_put(&p->seen, first_url, p);
	paging_body_init(&p->body, (struct str){0});
}

void paging_set_body(struct paging *p, struct str body)
{
	p->body.first = body;
}

void paging_fini(struct paging *p)
{
	map_fini(&p->seen);
	paging_body_fini(&p->body);
	cJSON_Delete(p->all);
	p->all = p->tail = NULL;
}

/* The list of a page: value[], data[] of Resource Graph, or properties.rows[] of a
 * cost query. */
static cJSON *list_of(const cJSON *page)
{
	const cJSON *list = json_member(page, "value");

	if (!list)
		list = json_member(page, "data");
	if (!list)
		list = json_member(json_member(page, "properties"), "rows");
	/* The page is ours; json_member only promises not to change it. */
	return cJSON_IsArray(list) ? (cJSON *)(uintptr_t)list : NULL;
}

static const char *link_of(const cJSON *page)
{
	const char *link = json_text(page, "nextLink");

	if (!link)
		link = json_text(json_member(page, "properties"), "nextLink");
	return link && link[0] ? link : NULL;
}

/* Hangs the items of the page behind those before; cJSON keeps the last item of
 * a list in the first one's prev. */
static void join(struct paging *p, cJSON *page)
{
	cJSON *list = list_of(page), *first, *end;

	/* What has no list before one that has is an empty page. */
	if (!p->all || (list && !p->tail)) {
		cJSON_Delete(p->all);
		p->all = page;
		p->tail = list;
		return;
	}
	if (list && list->child && p->tail) {
		first = list->child;
		end = first->prev;
		list->child = NULL;
		if (p->tail->child) {
			p->tail->child->prev->next = first;
			first->prev = p->tail->child->prev;
			p->tail->child->prev = end;
		} else {
			p->tail->child = first;
		}
	}
	cJSON_Delete(page);
}

/* `mark` is what tells the next page from all others: its link or token. */
static bool may_go_on(struct paging *p, struct str mark, struct err *err)
{
	if (map_put(&p->seen, mark, p))
		return err_set(err, ERR_SERVICE,
			       "the pages go round in a circle after %d", p->pages);
	if (p->pages >= p->max_pages)
		return err_set(err, ERR_TOO_LARGE,
			       "more than %d pages; the rest is left out", p->max_pages);
	return true;
}

static enum paging_step follow(struct paging *p, struct str link, struct strbuf *next,
			       struct err *err)
{
	if (!host_is_ours(link, p->base_url)) {
		err_set(err, ERR_REFUSED,
			"the next page is on another host; it is not asked");
		return PAGING_CUT;
	}
	if (!may_go_on(p, link, err))
		return PAGING_CUT;
	strbuf_reset(next);
	strbuf_put(next, link);
	if (next->overflow) {
		err_set(err, ERR_TOO_LARGE, "the link to the next page is too long");
		return PAGING_CUT;
	}
	return PAGING_MORE;
}

static enum paging_step follow_body(struct paging *p, const cJSON *page,
				    struct strbuf *next, struct err *err)
{
	if (!may_go_on(p, str_from(paging_body_token(page)), err) ||
	    !paging_body_follow(&p->body, page, err))
		return PAGING_CUT;
	strbuf_reset(next);
	strbuf_put(next, p->first_url);
	return PAGING_MORE;
}

/* Resource Graph cuts what it cannot page: a query without the id in its rows. */
static bool is_cut(const cJSON *page)
{
	const char *cut = json_text(page, "resultTruncated");

	return cut && str_eq_nocase(str_from(cut), STR("true"));
}

static void put_encoded(struct strbuf *out, struct str value)
{
	for (size_t i = 0; i < value.n; i++) {
		unsigned char c = (unsigned char)value.p[i];

		if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
		    (c >= 'A' && c <= 'Z'))
			strbuf_putc(out, (char)c);
		else
			strbuf_printf(out, "%%%02X", c);
	}
}

enum paging_step paging_add(struct paging *p, cJSON *page, struct str continuation,
			    struct strbuf *next, struct err *err)
{
	const char *link = link_of(page);
	enum paging_step step = PAGING_DONE;
	struct strbuf url;

	p->pages++;
	if (p->style == PAGING_NEXT_LINK && link) {
		step = follow(p, str_from(link), next, err);
	} else if (p->style == PAGING_NEXT_LINK && p->body.first.n &&
		   paging_body_token(page)) {
		step = follow_body(p, page, next, err);
	} else if (is_cut(page)) {
		err_set(err, ERR_TOO_LARGE,
			"the service cut its answer at %d rows; a query that keeps the "
			"id and has no limit is paged",
			cJSON_GetArraySize(list_of(page)));
		step = PAGING_CUT;
	} else if (p->style == PAGING_CONTINUATION && continuation.n) {
		strbuf_init(&url, 16384);
		strbuf_put(&url, p->first_url);
		strbuf_puts(&url, str_find_char(p->first_url, '?') < 0
					  ? "?continuationToken="
					  : "&continuationToken=");
		put_encoded(&url, continuation);
		step = follow(p, strbuf_str(&url), next, err);
		strbuf_fini(&url);
	}
	if (page)
		join(p, page);
	return step;
}

cJSON *paging_take(struct paging *p)
{
	cJSON *all = p->all;

	p->all = p->tail = NULL;
	return all;
}
