/* The lines of a log on a surface: a mark for how bad each is, what was found in them, the
 * cursor. Thread: ui. */
#ifndef AZ_TUI_LOGS_LOG_DRAW_H
#define AZ_TUI_LOGS_LOG_DRAW_H

#include "tui/logs/log_view.h"
#include "tui/surface.h"
#include "tui/widget/look.h"

/* Cells before the text: the cursor, the mark and a blank. */
enum { LOG_GUTTER = 3 };

enum severity log_severity(enum line_level level);
enum role log_level_role(enum line_level level);
void log_draw_rows(struct log_view *v, const struct look *look, struct surface *s);
/* Why there are no rows, or what is waited for. */
void log_draw_empty(const struct log_client *c, const struct look *look,
		    struct surface *s);

#endif
