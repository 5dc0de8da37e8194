/* Each pool of agents as a chain from its queue to its machines, with the step that is
 * behind; and what it was: queue, agents, idle hours. Sections of the agents pane.
 * Thread: ui. */
#ifndef AZ_TUI_PANE_AGENTS_CHAIN_H
#define AZ_TUI_PANE_AGENTS_CHAIN_H

#include "tui/pane/section.h"

int agents_chain_lines(struct app *app, const struct section_how *how);
void agents_chain_draw(struct app *app, const struct look *look, struct surface *s,
		       const struct section_how *how);
int agents_past_lines(struct app *app, const struct section_how *how);
void agents_past_draw(struct app *app, const struct look *look, struct surface *s,
		      const struct section_how *how);

#endif
