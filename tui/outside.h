/* A text in the editor of the person's choice ($VISUAL, else $EDITOR). The terminal has
 * been given back by then; this thread waits until the editor ends. Thread: ui. */
#ifndef AZ_TUI_OUTSIDE_H
#define AZ_TUI_OUTSIDE_H

#include <stdbool.h>

#include "base/err.h"
#include "base/strbuf.h"

/* False with err: there is no editor, or it failed; the text is as it was. */
bool outside_edit(const char *text, struct strbuf *out, struct err *err) MUST_CHECK;

#endif
