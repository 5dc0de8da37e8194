/* From one page to the next, and all pages as one document.
 * Thread: any (no state but the struct). */
#ifndef AZ_AZURE_PAGING_H
#define AZ_AZURE_PAGING_H

#include <cjson/cJSON.h>

#include "azure/paging_body.h"
#include "azure/paging_rule.h"
#include "base/strbuf.h"
#include "base/map.h"

enum { PAGING_MAX_PAGES = 500 };

struct paging {
	const struct paging_rule *rule;
	struct str base_url;  /* of the connection, for the host check */
	struct str first_url; /* for continuation tokens */
	int max_pages;
	int pages;
	struct paging_body body; /* of a POST that goes on by its body */
	struct map seen;	 /* links and tokens followed: a circle is found */
	cJSON *all;		 /* the document so far */
	cJSON *tail;		 /* its list */
};

void paging_init(struct paging *p, const struct paging_rule *rule, struct str base_url,
		 struct str first_url, int max_pages);
/* The body of the first page; borrowed. */
void paging_set_body(struct paging *p, struct str body);
void paging_fini(struct paging *p);

enum paging_step {
	PAGING_DONE, /* p->all is complete */
	/* *next is the URL to ask with the same method, and p->body.next the body to
	 * send, unless it is empty: then the same body. */
	PAGING_MORE,
	PAGING_CUT, /* no further page may be asked: err says why; p->all is partial */
};
/* Takes the page (NULL: an empty one) and the rule's header of its answer. */
enum paging_step paging_add(struct paging *p, cJSON *page, struct str header,
			    struct strbuf *next, struct err *err);
cJSON *paging_take(struct paging *p);

#endif
