/* A text as a reader sees it, in plain letters: wide forms, look-alikes and curly marks
 * become ASCII, and what cannot be seen goes. So nothing hides from the rules by being
 * written strangely. Thread: any (no state). */
#ifndef AZ_GUIDE_LETTERING_H
#define AZ_GUIDE_LETTERING_H

#include <stdbool.h>

#include "base/strbuf.h"

/* True: something in it could not be seen, which nobody types by hand. */
bool lettering_fold(struct str text, struct strbuf *out);

#endif
