/* One runbook as it was read: what its front matter says of it, and its sections.
 * Thread: any (no state). */
#ifndef AZ_KNOWLEDGE_RUNBOOK_H
#define AZ_KNOWLEDGE_RUNBOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "knowledge/markdown_split.h"

struct text_list {
	struct str *p;
	size_t n;
};

struct runbook {
	struct str name;    /* "sql-slow": of its file; others supersede it by this */
	struct str title;   /* as it says, else its first heading, else its name */
	struct str owner;   /* empty: it names none */
	int64_t updated_ms; /* 0: it does not say */
	struct text_list tags;
	struct text_list codes;	     /* error codes and states that it is for */
	struct text_list boards;     /* what it sends one to: `:sql-load` in its text */
	struct text_list supersedes; /* names of runbooks that it stands in for */
	struct markdown page;	     /* never without a section */
};

/* Front matter is YAML between two lines "---"; there need be none. False with a reason
 * that names the line where there is one; then there is nothing to fini. */
bool runbook_parse(struct str name, struct str text, struct runbook *out,
		   struct err *err) MUST_CHECK;
void runbook_fini(struct runbook *book);

#endif
