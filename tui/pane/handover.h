/* The hand-over as a screen: the incident so far, written anew as boards come. Thread:
 * ui. */
#ifndef AZ_TUI_PANE_HANDOVER_H
#define AZ_TUI_PANE_HANDOVER_H

#include "tui/screen.h"

/* Of what happened since then. */
struct screen *handover_screen_new(int64_t since_ms);

#endif
