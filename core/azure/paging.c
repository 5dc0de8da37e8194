/* See paging.h. Links are followed to the letter: Azure's are opaque, and a
 * parameter encoded again is another link. */
#include "azure/paging.h"

#include "azure/host.h"
#include "base/json.h"

enum { MARK_MAX_BYTES = 16384 };

void paging_init(struct paging *p, const struct paging_rule *rule, struct str base_url,
		 struct str first_url, int max_pages)
{
	*p = (struct paging){
		.rule = rule,
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

/* Hangs the items of the page behind those before; cJSON keeps the last item of
 * a list in the first one's prev. */
static void join(struct paging *p, cJSON *page)
{
	cJSON *list = paging_rule_list(p->rule, page), *first, *end;

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

static int length_of(const struct paging *p, const cJSON *page)
{
	return page ? cJSON_GetArraySize(paging_rule_list(p->rule, page)) : 0;
}

/* The address of the next page, if the rule finds one in this page. */
static bool put_next(const struct paging *p, const cJSON *page, struct str header,
		     struct strbuf *out)
{
	struct strbuf mark;
	bool has_next;

	strbuf_init(&mark, MARK_MAX_BYTES);
	strbuf_reset(out);
	if (p->rule->from == PAGING_FROM_COUNT)
		has_next = paging_rule_count(p->rule, p->first_url, length_of(p, page),
					     length_of(p, p->all) + length_of(p, page),
					     &mark);
	else
		has_next = paging_rule_mark(p->rule, page, header, &mark);
	if (has_next && p->rule->to == PAGING_TO_QUERY)
		paging_rule_address(p->rule, p->first_url, strbuf_str(&mark), out);
	else if (has_next)
		strbuf_put(out, strbuf_str(&mark));
	strbuf_fini(&mark);
	return has_next;
}

enum paging_step paging_add(struct paging *p, cJSON *page, struct str header,
			    struct strbuf *next, struct err *err)
{
	enum paging_step step = PAGING_DONE;
	struct strbuf url;

	p->pages++;
	strbuf_init(&url, MARK_MAX_BYTES);
	if (put_next(p, page, header, &url)) {
		step = follow(p, strbuf_str(&url), next, err);
	} else if (p->rule->list && p->body.first.n && paging_body_token(page)) {
		step = follow_body(p, page, next, err);
	} else if (is_cut(page)) {
		err_set(err, ERR_TOO_LARGE,
			"the service cut its answer at %d rows; a query that keeps the "
			"id and has no limit is paged",
			cJSON_GetArraySize(paging_rule_list(p->rule, page)));
		step = PAGING_CUT;
	}
	strbuf_fini(&url);
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
