/* How lists go on: where the mark of the next page stands in a page, and where it
 * goes in the next request. A row a service; boards name one where a request is
 * unlike its kind. Thread: any (const). */
#ifndef AZ_AZURE_PAGING_RULE_H
#define AZ_AZURE_PAGING_RULE_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "base/str.h"
#include "base/strbuf.h"

enum paging_from {
	PAGING_FROM_NOWHERE,
	PAGING_FROM_MEMBER, /* a text or number of the page: "metadata.continue" */
	PAGING_FROM_HEADER,
	PAGING_FROM_LINK,   /* the Link header's rel="next" */
	PAGING_FROM_LINKS,  /* the member holds [{"rel": "next", "href": ...}] */
	PAGING_FROM_OFFSET, /* while the member is true: offset + limit */
	PAGING_FROM_COUNT   /* while a page is as long as that parameter asked for: how
			     many there are so far */
};

enum paging_to {
	PAGING_TO_URL,	 /* it is the address of the next page */
	PAGING_TO_QUERY, /* a parameter of the first address */
};

struct paging_rule {
	const char *name;
	const char *list; /* the member that grows page by page; "": the page itself;
			     NULL: none does. More than one: "value|data" */
	enum paging_from from;
	const char *mark; /* member, header, or parameter of the first address */
	enum paging_to to;
	const char *into; /* parameter or member; NULL for PAGING_TO_URL */
};

const struct paging_rule *paging_rule_find(struct str name);
/* NULL behind the last one. */
const struct paging_rule *paging_rule_at(size_t i);

/* The list of the page that grows, or NULL. */
cJSON *paging_rule_list(const struct paging_rule *rule, const cJSON *page);
/* Whether the page itself may be the list. */
bool paging_rule_takes_list(const struct paging_rule *rule);
/* The mark of the next page; false when this is the last one. `header` is the
 * value of the rule's header in the answer. */
bool paging_rule_mark(const struct paging_rule *rule, const cJSON *page,
		      struct str header, struct strbuf *mark);
/* The mark of a rule that counts: `n_page` items came with this page, `n_all` with
 * all so far. */
bool paging_rule_count(const struct paging_rule *rule, struct str first, int n_page,
		       int n_all, struct strbuf *mark);
/* The first address with the parameter set to the mark, in place of one there. */
void paging_rule_address(const struct paging_rule *rule, struct str first,
			 struct str mark, struct strbuf *out);

#endif
