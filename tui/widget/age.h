/* How old a board is and what is wrong with it, in few words. Thread: any (no state). */
#ifndef AZ_TUI_WIDGET_AGE_H
#define AZ_TUI_WIDGET_AGE_H

#include "base/strbuf.h"
#include "board/board.h"
#include "tui/role.h"

/* "loading…", "now", "3m ago", "stale 14m: throttled", "failed: forbidden",
 * "partial 2m ago". `board` may be NULL: nothing came yet. */
enum role age_text(struct strbuf *out, const struct board *board, int64_t now_ms);
/* In so many cells: where there is room, with what failed instead of its name:
 * "partial 2m ago: Contoso Shared: no answer in 20 s". `of`: whose board it is, where
 * there are more of them; NULL: nobody asks. */
enum role age_note(struct strbuf *out, const struct board *board, const char *of,
		   int64_t now_ms, int cells);
/* A board without rows in one sentence: why there are none. */
enum role age_explain(struct strbuf *out, const struct board *board, const char *empty);

#endif
