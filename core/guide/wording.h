/* A draft being written: words of the guide's own, and references in place of values.
 * Phrases are texts with cells in them:
 *
 *   {name} is at {!used_pct}[, and its forecast is {forecast_pct}]
 *
 * {@L} cites the row itself, as a line; {@C} as a change, {@A} as an alert, {@D} as a
 * drill. {name} becomes the reference of that cell; with a "!" it is what was asked for, and an
 * answer none of which is known turns to UNKNOWN. What stands in brackets is left out
 * when one of its cells is unknown. Thread: one at a time. */
#ifndef AZ_GUIDE_WORDING_H
#define AZ_GUIDE_WORDING_H

#include "base/strbuf.h"
#include "guide/guide.h"

struct wording {
	const struct guide_plan *plan;
	struct str question;
	const struct evidence *e;
	struct answer *out;
	struct strbuf text;
	size_t known, unknown; /* of what was asked for */
	bool is_spoken;	       /* a name made of words is in it: see match_is_spoken */
};

void wording_put(struct wording *d, const char *words);
void wording_row(struct wording *d, const char *phrase, const struct board *board,
		 const struct row *row);
/* The reference of a field by its path, as what was asked for. */
void wording_field(struct wording *d, const char *path);
/* What somebody typed: letters, digits and a few marks, so that it is nothing else. */
void wording_quote(struct wording *d, struct str typed);
/* The sentence has to carry the phrase of the code. */
void wording_admit(struct wording *d, enum says says, const char *sentence);
/* NULL: it has not been read, which is then said, or has no rows for a reason. */
struct board *wording_board(struct wording *d, const char *name);
/* Cites the runbook that fits best, as "WORDS [R:book#section]." False: none does. */
bool wording_runbook(struct wording *d, const char *words, const char *query);
bool wording_is_known(const struct board *board, const struct row *row,
		      const char *column);

#endif
