/* Text from outside within Markdown: it stays what it says, in the line where it stands,
 * and becomes no link, heading, list, table or emphasis in whatever shows the page.
 * Thread: any (no state). */
#ifndef AZ_BASE_MARKDOWN_TEXT_H
#define AZ_BASE_MARKDOWN_TEXT_H

#include "base/str.h"
#include "base/strbuf.h"

/* One line, clean as sanitize_line leaves it, without blanks around it. */
void markdown_put_text(struct strbuf *out, struct str text);

#endif
