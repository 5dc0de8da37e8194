/* The overlay that shows a code to enter in a browser. Thread: ui. */
#ifndef AZ_TUI_PANE_SIGN_IN_H
#define AZ_TUI_PANE_SIGN_IN_H

#include "tui/screen.h"
#include "worker/sign_in.h"

struct screen *sign_in_new(const struct sign_in *what);
/* NULL when the screen is another one. */
const struct sign_in *sign_in_of(const struct screen *screen);
/* A newer code of the same credential. */
void sign_in_renew(struct screen *screen, const struct sign_in *what);

#endif
