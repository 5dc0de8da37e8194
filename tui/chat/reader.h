/* A text to read, full screen: Markdown, or bytes as they were sent. Thread: ui. */
#ifndef AZ_TUI_CHAT_READER_H
#define AZ_TUI_CHAT_READER_H

#include "tui/screen.h"

/* Copies. It begins at the heading that `section` names; NULL: at the top. */
struct screen *reader_new(const char *title, struct str text, bool is_markdown,
			  const char *section);

#endif
