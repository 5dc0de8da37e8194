/* Lists that go on by a member of the POST's body instead of a link: Resource Graph
 * gives $skipToken and wants it in options, Data Factory gives continuationToken and
 * wants it beside the filters, Intercom gives starting_after and wants it in
 * pagination. Thread: any (no state but the struct). */
#ifndef AZ_AZURE_PAGING_BODY_H
#define AZ_AZURE_PAGING_BODY_H

#include <cjson/cJSON.h>

#include "base/err.h"
#include "base/strbuf.h"

struct paging_body {
	struct str first; /* the body of the first page; borrowed */
	cJSON *tree;	  /* the same, once a second page is wanted */
	struct strbuf next;
};

void paging_body_init(struct paging_body *b, struct str first);
void paging_body_fini(struct paging_body *b);
/* The token of the page; NULL: it is the last one. */
const char *paging_body_token(const cJSON *page);
/* Writes the body that asks for what follows the page into b->next. False when the
 * first body cannot take a token. */
bool paging_body_follow(struct paging_body *b, const cJSON *page,
			struct err *err) MUST_CHECK;

#endif
