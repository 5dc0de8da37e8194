/* Ages and states of boards in words. Thread: any (no state).
 *
 * Ages move in steps of a minute at least: a screen that counts seconds is a
 * screen that is never quiet. */
#include "tui/widget/age.h"

#include "base/timefmt.h"
#include "base/utf8.h"
#include "board/def.h"

enum { REASON_CELLS = 36, REASON_MOST_BYTES = 2048 };

/* Steps of a minute, an hour, a day: "now", "3m", "2h", "4d". */
static void put_coarse(struct strbuf *out, int64_t age_ms)
{
	int64_t minutes = age_ms / MINUTE_MS;

	if (minutes < 1)
		strbuf_puts(out, "now");
	else if (minutes < 120)
		strbuf_printf(out, "%lldm", (long long)minutes);
	else if (minutes < 48 * 60)
		strbuf_printf(out, "%lldh", (long long)(minutes / 60));
	else
		strbuf_printf(out, "%lldd", (long long)(minutes / (24 * 60)));
}

static bool has_answer(const struct board *board)
{
	return board && !board->is_loading && board->fetched_ms > 0;
}

/* Of the moment shown there is nothing, and nothing will come. */
static bool has_no_past(const struct board *board)
{
	return board && !board->is_loading && board->note;
}

/* Of what there is, without a reason. */
static enum role put_age(struct strbuf *out, const struct board *board, int64_t now_ms)
{
	int64_t age_ms = now_ms - board->fetched_ms;

	if (board_is_old(board, now_ms)) {
		strbuf_puts(out, "stale ");
		put_coarse(out, age_ms);
		return ROLE_STALE;
	}
	if (board->is_partial)
		strbuf_puts(out, "partial ");
	put_coarse(out, age_ms);
	if (age_ms >= MINUTE_MS)
		strbuf_puts(out, " ago");
	return board->is_partial ? ROLE_WARN : ROLE_DIM;
}

enum role age_text(struct strbuf *out, const struct board *board, int64_t now_ms)
{
	enum role role;

	if (has_answer(board)) {
		role = put_age(out, board, now_ms);
		if (role == ROLE_STALE && board->err.code != ERR_NONE)
			strbuf_printf(out, ": %s", err_name(board->err.code));
		return role;
	}
	if (board && board->err.code != ERR_NONE) {
		strbuf_printf(out, "failed: %s", err_name(board->err.code));
		return ROLE_CRIT;
	}
	strbuf_puts(out, has_no_past(board) ? "nothing was recorded" : "loading");
	return ROLE_DIM;
}

enum role age_note(struct strbuf *out, const struct board *board, const char *of,
		   int64_t now_ms, int cells)
{
	struct strbuf text;
	enum role role;
	int w;

	if (!has_answer(board) || board->err.code == ERR_NONE || cells < REASON_CELLS)
		return age_text(out, board, now_ms);
	strbuf_init(&text, REASON_MOST_BYTES);
	role = put_age(&text, board, now_ms);
	if (role != ROLE_DIM)
		strbuf_printf(&text, ": %s%s%s", of ? of : "", of ? ": " : "",
			      board->err.text);
	if (utf8_width(strbuf_str(&text)) <= cells) {
		strbuf_put(out, strbuf_str(&text));
	} else {
		strbuf_put(out, utf8_prefix(strbuf_str(&text), cells - 1, &w));
		strbuf_puts(out, "…");
	}
	strbuf_fini(&text);
	return role;
}

enum role age_explain(struct strbuf *out, const struct board *board, const char *empty)
{
	if (!has_answer(board)) {
		if (board && board->err.code != ERR_NONE) {
			strbuf_printf(out, "failed: %s", board->err.text);
			return ROLE_CRIT;
		}
		strbuf_puts(out, has_no_past(board) ? board->note : "loading");
		return ROLE_DIM;
	}
	if (board->is_partial && board->err.code != ERR_NONE) {
		strbuf_printf(out, "not all was answered: %s", board->err.text);
		return ROLE_WARN;
	}
	strbuf_puts(out, board->note ? board->note : empty);
	return ROLE_DIM;
}
