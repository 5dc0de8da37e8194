/* See paging_rule.h. Thread: any (const). */
#include "azure/paging_rule.h"

#include <string.h>

#include "base/count.h"
#include "base/json.h"
#include "base/percent.h"

static const struct paging_rule rules[] = {
	{"none", NULL, PAGING_FROM_NOWHERE, NULL, PAGING_TO_URL, NULL},
	{"arm", "value|data|properties.rows", PAGING_FROM_MEMBER,
	 "nextLink|properties.nextLink", PAGING_TO_URL, NULL},
	{"devops", "value", PAGING_FROM_HEADER, "x-ms-continuationtoken", PAGING_TO_QUERY,
	 "continuationToken"},
	/* Pull requests and their policies: full pages, and how many to leave out. */
	{"devops-skip", "value", PAGING_FROM_COUNT, "$top", PAGING_TO_QUERY, "$skip"},
	{"k8s", "items", PAGING_FROM_MEMBER, "metadata.continue", PAGING_TO_QUERY,
	 "continue"},
	{"link", "|workflow_runs|items", PAGING_FROM_LINK, "link", PAGING_TO_URL, NULL},
	{"uri", "value", PAGING_FROM_MEMBER, "continuationUri|nextLink", PAGING_TO_URL,
	 NULL},
	{"links", "results", PAGING_FROM_LINKS, "links", PAGING_TO_URL, NULL},
	{"zendesk", "tickets|results", PAGING_FROM_MEMBER, "links.next|next_page",
	 PAGING_TO_URL, NULL},
	{"intercom", "conversations", PAGING_FROM_MEMBER, "pages.next.starting_after",
	 PAGING_TO_QUERY, "starting_after"},
	/* Goes on by its POST's body: see paging_body.h. */
	{"intercom-search", "conversations", PAGING_FROM_NOWHERE, NULL, PAGING_TO_URL,
	 NULL},
	{"pagerduty", "incidents|oncalls|services", PAGING_FROM_OFFSET, "more",
	 PAGING_TO_QUERY, "offset"},
	{"opsgenie", "data", PAGING_FROM_MEMBER, "paging.next", PAGING_TO_URL, NULL},
	{"json-api", "data", PAGING_FROM_MEMBER, "meta.pagination.next-page",
	 PAGING_TO_QUERY, "page%5Bnumber%5D"},
	{"aws", "Endpoints|AttackSummaries|Items", PAGING_FROM_NOWHERE, NULL,
	 PAGING_TO_URL, NULL},
	{"google", "endpoints|items", PAGING_FROM_MEMBER, "nextPageToken",
	 PAGING_TO_QUERY, "pageToken"},
};

const struct paging_rule *paging_rule_at(size_t i)
{
	return i < COUNT(rules) ? &rules[i] : NULL;
}

const struct paging_rule *paging_rule_find(struct str name)
{
	for (size_t i = 0; i < COUNT(rules); i++) {
		if (str_eq(name, str_from(rules[i].name)))
			return &rules[i];
	}
	return NULL;
}

cJSON *paging_rule_list(const struct paging_rule *rule, const cJSON *page)
{
	struct str rest = str_from(rule->list), choice;

	while (str_next(&rest, '|', &choice)) {
		const cJSON *list = choice.n ? json_at(page, choice) : page;

		/* The page is ours; json_member only promises not to change it. */
		if (cJSON_IsArray(list))
			return (cJSON *)(uintptr_t)list;
	}
	return NULL;
}

bool paging_rule_takes_list(const struct paging_rule *rule)
{
	struct str rest = str_from(rule->list), choice;

	while (str_next(&rest, '|', &choice)) {
		if (!choice.n)
			return true;
	}
	return false;
}

static bool put_value(struct strbuf *out, const cJSON *value)
{
	if (cJSON_IsString(value) && value->valuestring[0])
		strbuf_puts(out, value->valuestring);
	else if (cJSON_IsNumber(value))
		strbuf_printf(out, "%.0f", value->valuedouble);
	return out->n > 0;
}

/* <https://...?page=2>; rel="next", <...>; rel="last" */
static bool put_next_link(struct strbuf *out, struct str header)
{
	while (header.n) {
		ptrdiff_t open = str_find_char(header, '<'), close, end;
		struct str about;

		if (open < 0)
			return false;
		header = str_sub(header, (size_t)open + 1, header.n);
		close = str_find_char(header, '>');
		if (close < 0)
			return false;
		about = str_sub(header, (size_t)close + 1, header.n);
		end = str_find_char(about, '<');
		about = str_sub(about, 0, end < 0 ? about.n : (size_t)end);
		if (str_find(about, STR("rel=\"next\"")) >= 0 ||
		    str_find(about, STR("rel=next")) >= 0) {
			strbuf_put(out, str_sub(header, 0, (size_t)close));
			return true;
		}
		header = str_sub(header, (size_t)close + 1, header.n);
	}
	return false;
}

static bool put_next_of(struct strbuf *out, const cJSON *links)
{
	const cJSON *link;

	cJSON_ArrayForEach (link, links) {
		const char *rel = json_text(link, "rel");

		if (rel && strcmp(rel, "next") == 0)
			return put_value(out, json_member(link, "href"));
	}
	return false;
}

static bool put_next_offset(struct strbuf *out, const cJSON *page, const char *more)
{
	const cJSON *offset = json_member(page, "offset"),
		    *limit = json_member(page, "limit");

	if (!cJSON_IsTrue(json_at(page, str_from(more))) || !cJSON_IsNumber(limit) ||
	    limit->valuedouble < 1)
		return false;
	strbuf_printf(out, "%.0f",
		      (cJSON_IsNumber(offset) ? offset->valuedouble : 0) +
			      limit->valuedouble);
	return true;
}

bool paging_rule_mark(const struct paging_rule *rule, const cJSON *page,
		      struct str header, struct strbuf *mark)
{
	struct str rest = str_from(rule->mark), choice;

	strbuf_reset(mark);
	switch (rule->from) {
	case PAGING_FROM_NOWHERE:
		return false;
	case PAGING_FROM_MEMBER:
		while (str_next(&rest, '|', &choice)) {
			if (put_value(mark, json_at(page, choice)))
				return true;
		}
		return false;
	case PAGING_FROM_HEADER:
		strbuf_put(mark, header);
		return header.n > 0;
	case PAGING_FROM_LINK:
		return put_next_link(mark, header);
	case PAGING_FROM_LINKS:
		return put_next_of(mark, json_at(page, str_from(rule->mark)));
	case PAGING_FROM_OFFSET:
		return put_next_offset(mark, page, rule->mark);
	case PAGING_FROM_COUNT:
		return false; /* paging_rule_count */
	}
	return false;
}

/* "name=value" of a query without its name. */
static bool is_parameter(struct str pair, struct str name)
{
	return str_starts(pair, name) && pair.n > name.n && pair.p[name.n] == '=';
}

bool paging_rule_count(const struct paging_rule *rule, struct str first, int n_page,
		       int n_all, struct strbuf *mark)
{
	struct str rest = first, pair, name = str_from(rule->mark);
	int64_t size;

	strbuf_reset(mark);
	str_next(&rest, '?', &pair);
	while (rest.p && str_next(&rest, '&', &pair)) {
		if (!is_parameter(pair, name) ||
		    !str_to_i64(str_sub(pair, name.n + 1, pair.n), &size))
			continue;
		if (n_page < 1 || n_page < size)
			return false;
		strbuf_printf(mark, "%d", n_all);
		return true;
	}
	return false;
}

void paging_rule_address(const struct paging_rule *rule, struct str first,
			 struct str mark, struct strbuf *out)
{
	ptrdiff_t question = str_find_char(first, '?');
	struct str path = question < 0 ? first : str_sub(first, 0, (size_t)question);
	struct str query =
		question < 0 ? STR("") : str_sub(first, (size_t)question + 1, first.n);
	char before = '?';

	strbuf_reset(out);
	strbuf_put(out, path);
	while (query.n) {
		ptrdiff_t amp = str_find_char(query, '&');
		struct str pair = amp < 0 ? query : str_sub(query, 0, (size_t)amp);

		if (!is_parameter(pair, str_from(rule->into))) {
			strbuf_putc(out, before);
			strbuf_put(out, pair);
			before = '&';
		}
		query = amp < 0 ? STR("") : str_sub(query, (size_t)amp + 1, query.n);
	}
	strbuf_putc(out, before);
	strbuf_puts(out, rule->into);
	strbuf_putc(out, '=');
	percent_encode(out, mark);
}
