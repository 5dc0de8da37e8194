/* A deck on a stage: boards from estate.json, a clock that stands at 04:12 UTC, a
 * host that remembers what it was asked. Keys in, grid out. */
#ifndef AZ_TESTS_SCREEN_STAGE_H
#define AZ_TESTS_SCREEN_STAGE_H

#include <cjson/cJSON.h>

#include "base/clock.h"
#include "base/strbuf.h"
#include "tui/app.h"
#include "worker/log/log_thread.h"

struct stage {
	struct clock clock;
	struct keymap *keymap;
	struct app *app;
	struct grid *grid;
	cJSON *estate;
	struct {
		char *name;
		struct board_def *def;
		uint64_t version;
	} defs[40];
	size_t n_defs;
	/* What the host was asked. */
	struct strbuf wanted, refreshed, acknowledged, copied, theme, kept, followed;
	struct strbuf changed; /* what was asked of plans and changes, a line each */
	uint64_t last_id;      /* of the last of them */
	int64_t went_ms;       /* the moment it was sent to; -1: none */
	int stepped;
	unsigned n_suspends, n_redraws, n_demos;
	struct first_order *order; /* the last one of a first run */
	bool mouse;
	/* Reads logs, for a stage that has one. */
	struct log_thread *logs;
	struct wake_fd news;
};

struct stage_options {
	int w, h;
	bool is_ascii;
	bool is_read_only;
	bool is_first;	 /* there is no configuration yet */
	const char *log; /* a file that is looked at, and nothing else */
};

void stage_init(struct stage *stage, const struct stage_options *options);
void stage_fini(struct stage *stage);
/* Boards of another file beside those of the estate, or in their place. */
void stage_add(struct stage *stage, const char *file);
bool stage_has(const struct stage *stage, const char *board);
void stage_resize(struct stage *stage, int w, int h);
/* The board as it stands in the file, decoded; the caller owns it. */
struct board *stage_board(struct stage *stage, const char *name);
/* The same definition over other rows (a JSON list). */
struct board *stage_rows(struct stage *stage, const char *name, const char *rows);
/* All boards of the file, fetched `age_ms` ago. */
void stage_give_all(struct stage *stage, int64_t age_ms);
/* "j j / 'atlas' enter": names of keys, and texts in quotes typed out. */
void stage_keys(struct stage *stage, const char *keys);
void stage_click(struct stage *stage, int x, int y, bool is_double);
void stage_wheel(struct stage *stage, int x, int y, bool is_up);
void stage_draw(struct stage *stage);
/* Takes what is told of logs until all that was asked for is there. */
void stage_settle(struct stage *stage);
/* Line y of the grid as text, without blanks at its end. Valid until the next. */
const char *stage_line(struct stage *stage, int y);
/* True when some line holds the text. */
bool stage_shows(struct stage *stage, const char *text);
/* The screen as text, then its roles. */
void stage_dump(struct stage *stage, struct strbuf *out);
/* Compares with tests/screen/NAME.golden, or writes it when goldens are updated. */
void golden_check(const char *name, const struct strbuf *now);
/* The screen as it stands. */
void stage_golden(struct stage *stage, const char *name);

#endif
