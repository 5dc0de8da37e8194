/* The lines of a row's detail, made before they are drawn so that they can be
 * scrolled. Thread: ui. */
#ifndef AZ_TUI_PANE_DETAIL_TEXT_H
#define AZ_TUI_PANE_DETAIL_TEXT_H

#include "base/arena.h"
#include "base/vec.h"
#include "board/def.h"
#include "tui/surface.h"
#include "tui/widget/look.h"

enum detail_kind {
	DETAIL_TEXT,
	DETAIL_HEAD,  /* a heading over what follows, and a remark on it */
	DETAIL_FIELD, /* label and value; continued lines have no label */
	DETAIL_CHART, /* one row of a chart that is several high */
	DETAIL_AXIS,  /* under it: how far back it reaches, and its end */
	DETAIL_JSON,  /* a line of the source */
	DETAIL_LINK,  /* Enter opens it */
};

struct detail_line {
	enum detail_kind kind;
	const char *label;
	const char *text;
	enum role role;
	const struct cell *cell; /* DETAIL_CHART */
	const struct column *column;
	int chart_row, chart_rows;
	size_t name_n; /* DETAIL_JSON: bytes of the text that are a member's name */
	size_t link;   /* DETAIL_LINK: which of those that lead somewhere */
	const struct link_def *target;
	const char *filter; /* of the target */
};

struct detail_text {
	struct arena arena;
	VEC(struct detail_line) lines;
	int label_w;	/* cells of the labels, which end in one line */
	size_t n_links; /* that lead somewhere */
};

/* What is known of the row, wrapped to w cells. */
void detail_fields(struct detail_text *text, const struct look *look,
		   const struct board *board, const struct row *row, int w);
/* What its states mean, where it leads, what the board is about. */
void detail_meaning(struct detail_text *text, const struct look *look,
		    const struct board *board, const struct row *row, int w);
/* Line of a link; -1: there is none. */
int detail_link_line(const struct detail_text *text, size_t link);
/* A figure of a series as its column reads; without one: plain. */
void detail_put_figure(struct strbuf *out, const struct look *look,
		       const struct detail_line *line, double value, int max_cells);
/* A chart of each series. */
void detail_history(struct detail_text *text, const struct look *look,
		    const struct board *board, const struct row *row);
/* Its source as pretty JSON. */
void detail_raw(struct detail_text *text, const struct row *row, int w);
void detail_text_reset(struct detail_text *text);

#endif
