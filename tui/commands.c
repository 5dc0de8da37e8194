/* The command table. Sorted by name: command_find searches by halves and the
 * manual prints it as it stands. Thread: ui.
 *
 * A command without a key still works from the prompt; a command is offered only
 * in the contexts whose bit it has, and everywhere when it has GLOBAL's. */
#include "tui/command.h"

#include "base/count.h"
#include "tui/commands.h"

#define IN(context) (1u << CONTEXT_##context)
#define LISTS	    (IN(OVERVIEW) | IN(TABLE))
#define SCROLLS	    (IN(OVERVIEW) | IN(TABLE) | IN(DETAIL) | IN(HELP) | IN(FIRST))
#define ALL	    IN(GLOBAL)
#define DECK	    (ALL | COMMAND_DECK)
#define ALWAYS	    (ALL | COMMAND_UNSEEN)

/* name, argument or NULL, contexts, function, help */
#define COMMAND_LIST(X)                                                                  \
	X("acknowledge", NULL, LISTS | IN(DETAIL), act_acknowledge,                      \
	  "put the row behind until it changes")                                         \
	X("at", "TIME", DECK, command_at,                                                \
	  "show everything as it was then; now: as it is")                               \
	X("attention", NULL, DECK, command_attention, "list what needs attention")       \
	X("back", NULL, ALL, command_back, "close what is on top, or drop the filter")   \
	X("board", "BOARD", DECK, command_board, "open a board full screen")             \
	X("boards", NULL, DECK, command_boards, "list all boards")                       \
	X("bottom", NULL, SCROLLS, act_bottom, "go to the last row")                     \
	X("command", NULL, ALL, command_prompt, "type a command")                        \
	X("copy-cell", NULL, IN(TABLE) | IN(DETAIL) | IN(FIRST), act_copy_cell,          \
	  "copy the cell")                                                               \
	X("copy-row", NULL, LISTS | IN(DETAIL) | IN(FIRST), act_copy_row,                \
	  "copy the row as JSON")                                                        \
	X("copy-table", NULL, IN(TABLE), act_copy_table, "copy the table as TSV")        \
	X("down", NULL, SCROLLS, act_down, "one row down")                               \
	X("earlier", NULL, DECK, command_earlier, "show the change before")              \
	X("filter", "TEXT", IN(TABLE) | IN(HELP) | IN(FIRST), command_filter,            \
	  "show matching rows only")                                                     \
	X("focus-next", NULL, IN(OVERVIEW) | IN(DETAIL), act_focus_next,                 \
	  "next pane or link")                                                           \
	X("focus-prev", NULL, IN(OVERVIEW) | IN(DETAIL), act_focus_prev,                 \
	  "previous pane or link")                                                       \
	X("help", NULL, ALL, command_help, "keys and commands of this screen")           \
	X("keymap", "KEYMAP", ALL, command_keymap, "use another keymap")                 \
	X("later", NULL, DECK, command_later, "show the change after; then now")         \
	X("left", NULL, LISTS | IN(FIRST), act_left, "one column or pane to the left")   \
	X("mark", NULL, IN(FIRST), act_mark, "mark or unmark the row")                   \
	X("mark-all", NULL, IN(FIRST), act_mark_all, "mark all rows, or none")           \
	X("match-next", NULL, IN(TABLE), act_match_next, "next matching row")            \
	X("match-prev", NULL, IN(TABLE), act_match_prev, "previous matching row")        \
	X("mouse", NULL, ALL, command_mouse, "mouse on or off")                          \
	X("now", NULL, DECK, command_now, "show everything as it is")                    \
	X("open", NULL, LISTS | IN(DETAIL) | IN(FIRST), act_open,                        \
	  "open the row or link")                                                        \
	X("overview", NULL, DECK, command_overview, "back to the overview")              \
	X("page-down", NULL, SCROLLS, act_page_down, "one page down")                    \
	X("page-up", NULL, SCROLLS, act_page_up, "one page up")                          \
	X("pane", "PANE", DECK, command_pane, "go to a pane of the overview")            \
	X("prompt-accept", NULL, IN(PROMPT), command_prompt_accept,                      \
	  "run or keep what is typed")                                                   \
	X("prompt-backspace", NULL, IN(PROMPT), command_prompt_backspace,                \
	  "erase to the left")                                                           \
	X("prompt-cancel", NULL, IN(PROMPT), command_prompt_cancel, "leave the prompt")  \
	X("prompt-clear", NULL, IN(PROMPT), command_prompt_clear, "erase the line")      \
	X("prompt-complete", NULL, IN(PROMPT), command_prompt_complete,                  \
	  "complete, then the next choice")                                              \
	X("prompt-complete-prev", NULL, IN(PROMPT), command_prompt_complete_prev,        \
	  "the choice before")                                                           \
	X("prompt-delete", NULL, IN(PROMPT), command_prompt_delete,                      \
	  "erase under the cursor")                                                      \
	X("prompt-delete-word", NULL, IN(PROMPT), command_prompt_delete_word,            \
	  "erase the word to the left")                                                  \
	X("prompt-end", NULL, IN(PROMPT), command_prompt_end, "end of the line")         \
	X("prompt-history-next", NULL, IN(PROMPT), command_prompt_history_next,          \
	  "newer line")                                                                  \
	X("prompt-history-prev", NULL, IN(PROMPT), command_prompt_history_prev,          \
	  "older line")                                                                  \
	X("prompt-home", NULL, IN(PROMPT), command_prompt_home, "start of the line")     \
	X("prompt-kill", NULL, IN(PROMPT), command_prompt_kill,                          \
	  "erase to the end of the line")                                                \
	X("prompt-left", NULL, IN(PROMPT), command_prompt_left, "one character left")    \
	X("prompt-right", NULL, IN(PROMPT), command_prompt_right, "one character right") \
	X("quit", NULL, ALWAYS, command_quit, "leave azdeck")                            \
	X("raw", NULL, IN(DETAIL), act_raw, "raw JSON and back")                         \
	X("redraw", NULL, ALWAYS, command_redraw, "draw the screen again")               \
	X("refresh", NULL, DECK, command_refresh, "fetch what is shown now")             \
	X("right", NULL, LISTS | IN(FIRST), act_right,                                   \
	  "one column or pane to the right")                                             \
	X("row-next", NULL, IN(DETAIL), act_row_next, "detail of the next row")          \
	X("row-prev", NULL, IN(DETAIL), act_row_prev, "detail of the previous row")      \
	X("sort", "COLUMN", IN(TABLE), act_sort,                                         \
	  "sort by a column; -COLUMN: descending")                                       \
	X("sort-next", NULL, IN(TABLE), act_sort_next, "sort by the next column")        \
	X("sort-prev", NULL, IN(TABLE), act_sort_prev, "sort by the previous column")    \
	X("sort-reverse", NULL, IN(TABLE), act_sort_reverse, "turn the order round")     \
	X("suspend", NULL, ALWAYS, command_suspend, "to the shell; fg comes back")       \
	X("theme", "THEME", ALL, command_theme, "use another theme")                     \
	X("then", NULL, LISTS | IN(DETAIL), act_then,                                    \
	  "show everything as it was at the row's time")                                 \
	X("top", NULL, SCROLLS, act_top, "go to the first row")                          \
	X("up", NULL, SCROLLS, act_up, "one row up")                                     \
	X("view-next", NULL, IN(OVERVIEW), act_view_next,                                \
	  "the pane's next view: by service, by group ...")                              \
	X("view-prev", NULL, IN(OVERVIEW), act_view_prev, "the pane's view before")      \
	X("workload", "WORKLOAD", DECK, command_workload,                                \
	  "show one workload's rows; all: every row")                                    \
	X("workload-next", NULL, DECK, command_workload_next,                            \
	  "the next workload, or all")                                                   \
	X("worst", NULL, DECK, command_worst, "open the worst problem")                  \
	X("zoom", NULL, IN(OVERVIEW) | IN(DETAIL), act_zoom,                             \
	  "the pane, then its board, full screen")

const struct command commands[] = {
#define X(text, argument, where, fn, what)                                               \
	{.name = text, .help = what, .arg = argument, .contexts = where, .run = fn},
	COMMAND_LIST(X)
#undef X
};
const size_t n_commands = COUNT(commands);

const struct command *command_find(struct str name)
{
	size_t low = 0, high = n_commands;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = str_cmp(name, str_from(commands[mid].name));

		if (order == 0)
			return &commands[mid];
		if (order < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return NULL;
}
