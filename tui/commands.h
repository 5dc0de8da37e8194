/* The functions behind the command table. Thread: ui. */
#ifndef AZ_TUI_COMMANDS_H
#define AZ_TUI_COMMANDS_H

#include "base/str.h"
#include "tui/act.h"

struct app;

/* Handed to the top screen. */
#define X(id, fn) void fn(struct app *app, struct str arg);
ACT_LIST(X)
#undef X

void command_back(struct app *app, struct str arg);
void command_board(struct app *app, struct str arg);
void command_at(struct app *app, struct str arg);
void command_attention(struct app *app, struct str arg);
void command_boards(struct app *app, struct str arg);
void command_earlier(struct app *app, struct str arg);
void command_filter(struct app *app, struct str arg);
void command_handover(struct app *app, struct str arg);
void command_help(struct app *app, struct str arg);
void command_log_sources(struct app *app, struct str arg);
void command_logs(struct app *app, struct str arg);
void command_keymap(struct app *app, struct str arg);
void command_later(struct app *app, struct str arg);
void command_mouse(struct app *app, struct str arg);
void command_now(struct app *app, struct str arg);
void command_overview(struct app *app, struct str arg);
void command_pane(struct app *app, struct str arg);
void command_proposals(struct app *app, struct str arg);
void command_quit(struct app *app, struct str arg);
void command_redraw(struct app *app, struct str arg);
void command_refresh(struct app *app, struct str arg);
void command_suspend(struct app *app, struct str arg);
void command_theme(struct app *app, struct str arg);
void command_workload(struct app *app, struct str arg);
void command_workload_next(struct app *app, struct str arg);
void command_worst(struct app *app, struct str arg);

void command_ask(struct app *app, struct str arg);
void command_chat(struct app *app, struct str arg);

void command_prompt(struct app *app, struct str arg);
void command_prompt_accept(struct app *app, struct str arg);
void command_prompt_backspace(struct app *app, struct str arg);
void command_prompt_cancel(struct app *app, struct str arg);
void command_prompt_clear(struct app *app, struct str arg);
void command_prompt_complete(struct app *app, struct str arg);
void command_prompt_complete_prev(struct app *app, struct str arg);
void command_prompt_delete(struct app *app, struct str arg);
void command_prompt_delete_word(struct app *app, struct str arg);
void command_prompt_end(struct app *app, struct str arg);
void command_prompt_history_next(struct app *app, struct str arg);
void command_prompt_history_prev(struct app *app, struct str arg);
void command_prompt_home(struct app *app, struct str arg);
void command_prompt_kill(struct app *app, struct str arg);
void command_prompt_left(struct app *app, struct str arg);
void command_prompt_right(struct app *app, struct str arg);

#endif
