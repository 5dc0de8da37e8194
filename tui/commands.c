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
#define SCROLLS                                                                          \
	(IN(OVERVIEW) | IN(TABLE) | IN(DETAIL) | IN(HELP) | IN(FIRST) | IN(LOG) |        \
	 IN(TEXT) | IN(CHANGE) | IN(CHAT))
#define PAGES	(SCROLLS | IN(CHAT_INPUT))
#define CHATS	(IN(CHAT) | IN(CHAT_INPUT))
#define EDITS	(IN(PROMPT) | IN(CHAT_INPUT))
#define CHANGES (IN(CHANGE) | COMMAND_DECK | COMMAND_CHANGES)
#define ALL	IN(GLOBAL)
#define DECK	(ALL | COMMAND_DECK)
#define ALWAYS	(ALL | COMMAND_UNSEEN)

/* name, argument or NULL, contexts, function, help */
#define COMMAND_LIST(X)                                                                  \
	X("acknowledge", NULL, LISTS | IN(DETAIL), act_acknowledge,                      \
	  "put the row behind until it changes")                                         \
	X("act", NULL, LISTS | IN(DETAIL) | COMMAND_DECK | COMMAND_CHANGES, act_on_row,  \
	  "what can be done to the row")                                                 \
	X("approve", NULL, CHANGES, act_approve_change,                                  \
	  "approve it, by its name or a code")                                           \
	X("around", NULL, IN(LOG), act_around, "every line of about the same time")      \
	X("ask", "QUESTION", DECK, command_ask, "ask the chat about the row")            \
	X("at", "TIME", DECK, command_at,                                                \
	  "show everything as it was then; now: as it is")                               \
	X("attention", NULL, DECK, command_attention, "list what needs attention")       \
	X("back", NULL, ALL, command_back, "close what is on top, or drop the filter")   \
	X("board", "BOARD", DECK, command_board, "open a board full screen")             \
	X("boards", NULL, DECK, command_boards, "list all boards")                       \
	X("bottom", NULL, PAGES, act_bottom, "go to the last row")                       \
	X("chat", NULL, DECK, command_chat, "ask, and get answers that can be checked")  \
	X("clusters", NULL, IN(LOG), act_clusters,                                       \
	  "lines that are alike, with how many")                                         \
	X("command", NULL, ALL, command_prompt, "type a command")                        \
	X("copy-answer", NULL, IN(CHAT), act_copy_answer, "copy the answer as Markdown") \
	X("copy-block", NULL, IN(CHAT), act_copy_block,                                  \
	  "copy the paragraph, list or table")                                           \
	X("copy-cell", NULL, IN(TABLE) | IN(DETAIL) | IN(FIRST) | IN(CHANGE),            \
	  act_copy_cell, "copy the cell, or the plan's id")                              \
	X("copy-code", NULL, IN(CHAT), act_copy_code, "copy the code of the answer")     \
	X("copy-row", NULL,                                                              \
	  LISTS | IN(DETAIL) | IN(FIRST) | IN(LOG) | IN(TEXT) | IN(CHANGE) | IN(CHAT),   \
	  act_copy_row, "copy the row or plan as JSON, the line, the text")              \
	X("copy-table", NULL, IN(TABLE), act_copy_table, "copy the table as TSV")        \
	X("down", NULL, SCROLLS, act_down, "one row down")                               \
	X("earlier", NULL, DECK, command_earlier, "show the change before")              \
	X("editor", NULL, CHATS, act_editor, "write it in $EDITOR")                      \
	X("error-next", NULL, IN(LOG), act_error_next, "the next error")                 \
	X("error-prev", NULL, IN(LOG), act_error_prev, "the error before")               \
	X("filter", "TEXT", IN(TABLE) | IN(HELP) | IN(FIRST), command_filter,            \
	  "show matching rows only")                                                     \
	X("find", "TEXT", IN(LOG) | IN(CHAT), act_find,                                  \
	  "go to the next line with it, count all")                                      \
	X("focus-next", NULL, IN(OVERVIEW) | IN(DETAIL) | IN(LOG) | CHATS,               \
	  act_focus_next, "next pane, link, file or citation")                           \
	X("focus-prev", NULL, IN(OVERVIEW) | IN(DETAIL) | IN(LOG) | CHATS,               \
	  act_focus_prev, "previous pane, link, file or citation")                       \
	X("follow", NULL, IN(LOG) | IN(CHAT), act_follow,                                \
	  "go to the end and on with what comes")                                        \
	X("forget", NULL, CHANGES | COMMAND_ASKS, act_forget_change,                     \
	  "take it off the list")                                                        \
	X("go-to", "PLACE", IN(LOG), act_go_to,                                          \
	  "go to a time, a line's number, a share")                                      \
	X("handover", "SINCE", DECK, command_handover,                                   \
	  "the incident so far, for the next shift")                                     \
	X("help", NULL, ALL, command_help, "keys and commands of this screen")           \
	X("helpful", "WHY", IN(CHAT), act_helpful, "the answer helped, and why")         \
	X("histogram", NULL, IN(LOG), act_histogram,                                     \
	  "how many lines when, over the lines")                                         \
	X("keep", NULL, IN(TEXT), act_keep, "write the text to a new file")              \
	X("keymap", "KEYMAP", ALL, command_keymap, "use another keymap")                 \
	X("later", NULL, DECK, command_later, "show the change after; then now")         \
	X("left", NULL, LISTS | IN(FIRST) | IN(LOG) | IN(CHANGE), act_left,              \
	  "one column or pane to the left")                                              \
	X("level", "LEVEL", IN(LOG), act_level,                                          \
	  "only lines that are so bad; the next level")                                  \
	X("log-sources", NULL, DECK, command_log_sources,                                \
	  "what the sources of logs say")                                                \
	X("logs", "SOURCE", DECK, command_logs, "the logs of the row, or of a source")   \
	X("mark", NULL, IN(FIRST) | IN(LOG), act_mark, "mark or unmark the row or line") \
	X("mark-all", NULL, IN(FIRST), act_mark_all, "mark all rows, or none")           \
	X("mark-next", NULL, IN(LOG), act_mark_next, "the next marked line")             \
	X("mark-prev", NULL, IN(LOG), act_mark_prev, "the marked line before")           \
	X("match-next", NULL, IN(TABLE) | IN(LOG) | IN(CHAT), act_match_next,            \
	  "next matching row or line")                                                   \
	X("match-prev", NULL, IN(TABLE) | IN(LOG) | IN(CHAT), act_match_prev,            \
	  "previous matching row or line")                                               \
	X("mouse", NULL, ALL, command_mouse, "mouse on or off")                          \
	X("newline", NULL, IN(CHAT_INPUT), act_newline, "begin another line")            \
	X("now", NULL, DECK, command_now, "show everything as it is")                    \
	X("only", "TEXT", IN(LOG), act_only, "only lines with it, or a /pattern/")       \
	X("open", NULL,                                                                  \
	  LISTS | IN(DETAIL) | IN(FIRST) | IN(LOG) | IN(CHANGE) | IN(CHAT), act_open,    \
	  "open the row, link or line")                                                  \
	X("origin", NULL, IN(LOG) | COMMAND_DECK, act_origin,                            \
	  "the pod or resource the line is from")                                        \
	X("overview", NULL, DECK, command_overview, "back to the overview")              \
	X("page-down", NULL, PAGES, act_page_down, "one page down")                      \
	X("page-up", NULL, PAGES, act_page_up, "one page up")                            \
	X("pane", "PANE", DECK, command_pane, "go to a pane of the overview")            \
	X("plan-again", NULL, CHANGES, act_plan_change_again,                            \
	  "plan it anew, of the state now")                                              \
	X("prompt-accept", NULL, IN(PROMPT), command_prompt_accept,                      \
	  "run or keep what is typed")                                                   \
	X("prompt-backspace", NULL, EDITS, command_prompt_backspace,                     \
	  "erase to the left")                                                           \
	X("prompt-cancel", NULL, IN(PROMPT), command_prompt_cancel, "leave the prompt")  \
	X("prompt-clear", NULL, EDITS, command_prompt_clear, "erase the line")           \
	X("prompt-complete", NULL, IN(PROMPT), command_prompt_complete,                  \
	  "complete, then the next choice")                                              \
	X("prompt-complete-prev", NULL, IN(PROMPT), command_prompt_complete_prev,        \
	  "the choice before")                                                           \
	X("prompt-delete", NULL, EDITS, command_prompt_delete, "erase under the cursor") \
	X("prompt-delete-word", NULL, EDITS, command_prompt_delete_word,                 \
	  "erase the word to the left")                                                  \
	X("prompt-end", NULL, EDITS, command_prompt_end, "end of the line")              \
	X("prompt-history-next", NULL, EDITS, command_prompt_history_next, "newer line") \
	X("prompt-history-prev", NULL, EDITS, command_prompt_history_prev, "older line") \
	X("prompt-home", NULL, EDITS, command_prompt_home, "start of the line")          \
	X("prompt-kill", NULL, EDITS, command_prompt_kill,                               \
	  "erase to the end of the line")                                                \
	X("prompt-left", NULL, EDITS, command_prompt_left, "one character left")         \
	X("prompt-right", NULL, EDITS, command_prompt_right, "one character right")      \
	X("proposals", NULL, DECK, command_proposals,                                    \
	  "changes that wait, run, or are over")                                         \
	X("propose", NULL, CHANGES, act_propose_change, "put it among the changes")      \
	X("quit", NULL, ALWAYS, command_quit, "leave azdeck")                            \
	X("raw", NULL, IN(DETAIL) | IN(LOG), act_raw, "as it stands, and back")          \
	X("redraw", NULL, ALWAYS, command_redraw, "draw the screen again")               \
	X("refresh", NULL, DECK, command_refresh, "fetch what is shown now")             \
	X("reject", NULL, CHANGES, act_reject_change, "decide against it")               \
	X("right", NULL, LISTS | IN(FIRST) | IN(LOG) | IN(CHANGE), act_right,            \
	  "one column or pane to the right")                                             \
	X("row-next", NULL, IN(DETAIL), act_row_next, "detail of the next row")          \
	X("row-prev", NULL, IN(DETAIL), act_row_prev, "detail of the previous row")      \
	X("run", NULL, CHANGES, act_run_change, "run it: asks for its name")             \
	X("send", NULL, IN(CHAT_INPUT), act_send, "send what is written")                \
	X("show-sent", NULL, IN(CHAT), act_show_sent,                                    \
	  "what was sent for the answer, and what came")                                 \
	X("sort", "COLUMN", IN(TABLE), act_sort,                                         \
	  "sort by a column; -COLUMN: descending")                                       \
	X("sort-next", NULL, IN(TABLE), act_sort_next, "sort by the next column")        \
	X("sort-prev", NULL, IN(TABLE), act_sort_prev, "sort by the previous column")    \
	X("sort-reverse", NULL, IN(TABLE), act_sort_reverse, "turn the order round")     \
	X("stop", NULL, CHANGES | COMMAND_ASKS, act_stop_change,                         \
	  "stop its run between two steps")                                              \
	X("stop-answer", NULL, CHATS, act_stop_answer, "stop, and keep what came")       \
	X("suspend", NULL, ALWAYS, command_suspend, "to the shell; fg comes back")       \
	X("theme", "THEME", ALL, command_theme, "use another theme")                     \
	X("then", NULL, LISTS | IN(DETAIL) | IN(CHAT), act_then,                         \
	  "show everything as it was at the row's time")                                 \
	X("top", NULL, SCROLLS, act_top, "go to the first row")                          \
	X("undo", NULL, CHANGES, act_undo_change, "plan what undoes it")                 \
	X("unhelpful", "WHY", IN(CHAT), act_unhelpful,                                   \
	  "the answer did not help, and why")                                            \
	X("up", NULL, SCROLLS, act_up, "one row up")                                     \
	X("view-next", NULL, IN(OVERVIEW), act_view_next,                                \
	  "the pane's next view: by service, by group ...")                              \
	X("view-prev", NULL, IN(OVERVIEW), act_view_prev, "the pane's view before")      \
	X("warning-next", NULL, IN(LOG), act_warning_next, "the next warning or error")  \
	X("warning-prev", NULL, IN(LOG), act_warning_prev,                               \
	  "the warning or error before")                                                 \
	X("without", "TEXT", IN(LOG), act_without,                                       \
	  "only lines without it, or a /pattern/")                                       \
	X("workload", "WORKLOAD", DECK, command_workload,                                \
	  "show one workload's rows; all: every row")                                    \
	X("workload-next", NULL, DECK, command_workload_next,                            \
	  "the next workload, or all")                                                   \
	X("worst", NULL, DECK, command_worst, "open the worst problem")                  \
	X("wrap", NULL, IN(LOG), act_wrap, "wrap long lines, or not")                    \
	X("write", NULL, IN(CHAT), act_write, "write a question")                        \
	X("zoom", NULL, IN(OVERVIEW) | IN(DETAIL), act_zoom,                             \
	  "the pane, then its board, full screen")

const struct command commands[] = {
#define X(text, argument, where, fn, what)                                               \
	{.name = text,                                                                   \
	 .help = what,                                                                   \
	 .arg = argument,                                                                \
	 .contexts = where,                                                              \
	 .needs_confirm = ((where)&COMMAND_ASKS) != 0,                                   \
	 .run = fn},
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
