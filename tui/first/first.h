/* The screens of the first run: start, whom to sign in, the code, what to choose from,
 * and the text before it is written. They share app->first. Thread: ui. */
#ifndef AZ_TUI_FIRST_FIRST_H
#define AZ_TUI_FIRST_FIRST_H

#include "tui/first/state.h"
#include "tui/screen.h"

struct screen *first_start_new(void);
struct screen *first_form_new(void);
struct screen *first_code_new(void);
struct screen *first_choose_new(void);
struct screen *first_preview_new(void);
struct screen *first_written_new(void);

/* Whether it is this screen, whatever it shows. */
bool first_is_code(const struct screen *screen);
/* A countdown is on the screen. */
bool first_is_counting(const struct app *app);

#endif
