/* What a screen can be told to do. Each act is also a command of the same name,
 * so keys, the prompt and the mouse all end in the same place. Thread: ui. */
#ifndef AZ_TUI_ACT_H
#define AZ_TUI_ACT_H

/* id, the function in the command table that hands it to the top screen */
#define ACT_LIST(X)                                                                      \
	X(ACKNOWLEDGE, act_acknowledge)                                                  \
	X(APPROVE, act_approve_change)                                                   \
	X(AROUND, act_around)                                                            \
	X(BOTTOM, act_bottom)                                                            \
	X(CLUSTERS, act_clusters)                                                        \
	X(COPY_ANSWER, act_copy_answer)                                                  \
	X(COPY_BLOCK, act_copy_block)                                                    \
	X(COPY_CELL, act_copy_cell)                                                      \
	X(COPY_CODE, act_copy_code)                                                      \
	X(COPY_ROW, act_copy_row)                                                        \
	X(COPY_TABLE, act_copy_table)                                                    \
	X(DOWN, act_down)                                                                \
	X(EDITOR, act_editor)                                                            \
	X(ERROR_NEXT, act_error_next)                                                    \
	X(ERROR_PREV, act_error_prev)                                                    \
	X(FILTER, act_filter)                                                            \
	X(FIND, act_find)                                                                \
	X(FOCUS_NEXT, act_focus_next)                                                    \
	X(FOCUS_PREV, act_focus_prev)                                                    \
	X(FOLLOW, act_follow)                                                            \
	X(FORGET, act_forget_change)                                                     \
	X(GO_TO, act_go_to)                                                              \
	X(HELPFUL, act_helpful)                                                          \
	X(HISTOGRAM, act_histogram)                                                      \
	X(KEEP, act_keep)                                                                \
	X(LEFT, act_left)                                                                \
	X(LEVEL, act_level)                                                              \
	X(MARK, act_mark)                                                                \
	X(MARK_ALL, act_mark_all)                                                        \
	X(MARK_NEXT, act_mark_next)                                                      \
	X(MARK_PREV, act_mark_prev)                                                      \
	X(MATCH_NEXT, act_match_next)                                                    \
	X(MATCH_PREV, act_match_prev)                                                    \
	X(NEWLINE, act_newline)                                                          \
	X(ON_ROW, act_on_row)                                                            \
	X(ONLY, act_only)                                                                \
	X(OPEN, act_open)                                                                \
	X(ORIGIN, act_origin)                                                            \
	X(PAGE_DOWN, act_page_down)                                                      \
	X(PAGE_UP, act_page_up)                                                          \
	X(PANE, act_pane)                                                                \
	X(PLAN_AGAIN, act_plan_change_again)                                             \
	X(PROPOSE, act_propose_change)                                                   \
	X(RAW, act_raw)                                                                  \
	X(REJECT, act_reject_change)                                                     \
	X(RIGHT, act_right)                                                              \
	X(ROW_NEXT, act_row_next)                                                        \
	X(ROW_PREV, act_row_prev)                                                        \
	X(RUN, act_run_change)                                                           \
	X(SEND, act_send)                                                                \
	X(SHOW_SENT, act_show_sent)                                                      \
	X(SORT, act_sort)                                                                \
	X(SORT_NEXT, act_sort_next)                                                      \
	X(SORT_PREV, act_sort_prev)                                                      \
	X(SORT_REVERSE, act_sort_reverse)                                                \
	X(STOP, act_stop_change)                                                         \
	X(STOP_ANSWER, act_stop_answer)                                                  \
	X(THEN, act_then)                                                                \
	X(TOP, act_top)                                                                  \
	X(UNDO, act_undo_change)                                                         \
	X(UNHELPFUL, act_unhelpful)                                                      \
	X(UP, act_up)                                                                    \
	X(VIEW_NEXT, act_view_next)                                                      \
	X(VIEW_PREV, act_view_prev)                                                      \
	X(WARNING_NEXT, act_warning_next)                                                \
	X(WARNING_PREV, act_warning_prev)                                                \
	X(WITHOUT, act_without)                                                          \
	X(WRAP, act_wrap)                                                                \
	X(WRITE, act_write)                                                              \
	X(ZOOM, act_zoom)

enum act {
#define X(id, fn) ACT_##id,
	ACT_LIST(X)
#undef X
};

#endif
