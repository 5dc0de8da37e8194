/* Which lines somebody wants to see, as he said it: plain data that is copied between
 * threads; each thread compiles a filter of its own from it. Thread: any (no state). */
#ifndef AZ_STREAM_WANTED_H
#define AZ_STREAM_WANTED_H

#include "base/err.h"
#include "base/vec.h"
#include "stream/line_filter.h"

enum { WANTED_TERMS_MOST = 16 };

enum wanted_case {
	WANTED_SMART, /* small letters alone match both */
	WANTED_EXACT,
	WANTED_FOLDED,
};

struct wanted_term {
	char *text; /* owned */
	bool is_regex, is_out;
	enum wanted_case which;
};

/* Zeroed: every line. */
struct wanted {
	VEC(struct wanted_term) terms;
	enum line_level level;
	int64_t since_ms, until_ms; /* [since, until); 0: open */
};

void wanted_fini(struct wanted *w);
/* `dst` is empty or zeroed. */
void wanted_copy(struct wanted *dst, const struct wanted *src);
bool wanted_is_all(const struct wanted *w);
/* Text between slashes is a pattern, "\/" being one of its characters; else it is the
 * text itself. False and err: it is no pattern, or there are too many. */
bool wanted_add(struct wanted *w, struct str text, bool is_out,
		struct err *err) MUST_CHECK;
/* The same as it is, with a text that is copied. */
bool wanted_add_term(struct wanted *w, const struct wanted_term *term,
		     struct err *err) MUST_CHECK;
/* Takes away what was added last; false when there is nothing. */
bool wanted_drop(struct wanted *w);
/* "atlas !probe /5\d\d/ level>=warning since 10:20" for the status line. */
void wanted_format(struct strbuf *out, const struct wanted *w);

/* What a person types to be found: cut as wanted_add does. Small letters alone match
 * both cases. NULL and err for a pattern that is none. */
struct matcher *wanted_matcher(struct str text, struct err *err) MUST_CHECK;
/* A zeroed filter that takes these lines. */
bool wanted_compile(const struct wanted *w, struct line_filter *filter,
		    struct err *err) MUST_CHECK;

#endif
