/* What is wrong, worst first, across all boards the deck has. Thread: ui. */
#ifndef AZ_TUI_HEADLINE_H
#define AZ_TUI_HEADLINE_H

#include "base/strbuf.h"
#include "board/board.h"
#include "tui/app_part.h"

struct problem {
	const struct board *board;
	const struct row *row;
};

/* Worst first; returns how many were written. */
size_t headline_problems(const struct app *app, struct problem *out, size_t max);

#endif
