/* What Enter leads to from an answer: rows, runbooks, changes, and questions again. See
 * chat_part.h. */
#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "base/file.h"
#include "base/xalloc.h"
#include "tui/change/change.h"
#include "tui/chat/chat_part.h"
#include "tui/chat/reader.h"
#include "tui/commands.h"
#include "worker/change/changes.h"

enum { MOST_RUNBOOK = 1 << 20 };

#define SUFFIX ".md"

/* What is said of a file before its text is for programs. */
static struct str without_head(struct str text)
{
	ptrdiff_t end;

	if (!str_starts(text, STR("---\n")))
		return text;
	end = str_find(str_sub(text, 4, text.n), STR("\n---\n"));
	return end < 0 ? text : str_sub(text, (size_t)end + 9, text.n);
}

static bool read_shipped(struct str name, struct strbuf *out)
{
	ptrdiff_t slash = str_find_char(name, '/');
	struct str base = slash >= 0 ? str_sub(name, (size_t)slash + 1, name.n) : name;
	const struct embedded_file *e = embedded_runbooks;

	if (str_ends(base, STR(SUFFIX)))
		base = str_sub(base, 0, base.n - strlen(SUFFIX));
	for (; e->name; e++) {
		if (str_is(base, e->name)) {
			strbuf_puts(out, e->text);
			return true;
		}
	}
	return false;
}

static void open_runbook(struct app *app, const struct claim *claim)
{
	const char *path = claim->board ? claim->board : "";
	struct strbuf text;
	struct err err;

	strbuf_init(&text, MOST_RUNBOOK);
	/* A file of one's own has a path; shipped ones are called "runbooks/NAME.md". */
	if (path[0] == '/' && str_ends(str_from(path), STR(SUFFIX))
		    ? file_read(path, &text, &err)
		    : read_shipped(str_from(path), &text))
		app_push(app, reader_new(path, without_head(strbuf_str(&text)), true,
					 claim->key));
	else
		app_toast(app, true, "there is no runbook %.100s any more",
			  path[0] ? path : claim->ref);
	strbuf_fini(&text);
}

static void open_row(struct app *app, const struct claim *claim)
{
	const struct board *board;

	if (!claim->board || !claim->board[0]) {
		app_toast(app, false, "nothing more is known of %.120s", claim->ref);
		return;
	}
	board = app_board(app, claim->board);
	if (!board || !claim->key || !claim->key[0] ||
	    board_find(board, str_from(claim->key)) < 0) {
		app_open_board(app, str_from(claim->board), STR(""),
			       str_from(claim->key));
		return;
	}
	app_open_row(app, board, str_from(claim->key));
	if (claim->version > 0 && board->version != claim->version)
		app_toast(app, false,
			  "as it is now; the answer is of version %llu: t shows that",
			  (unsigned long long)claim->version);
}

static void open_proposal(struct app *app, const char *id)
{
	const struct act_change *change =
		app->changes ? changes_find(app->changes, str_from(id)) : NULL;

	if (change)
		app_push(app, change_screen_of(app, change));
	else
		command_proposals(app, STR(""));
}

static const struct claim *claim_under(const struct chat *c)
{
	uint16_t mark = talk_mark(&c->talk);
	struct talk_line line;

	if (mark_kind(mark) != MARK_CLAIM ||
	    !talk_line(&c->talk, c->talk.cursor, &line) ||
	    mark_index(mark) >= line.turn->answer.n_claims)
		return NULL;
	return &line.turn->answer.claims[mark_index(mark)];
}

/* A line in its log, at its moment. False: it is not on its board, or that has none. */
static bool open_line(struct app *app, const struct board *board, const char *key)
{
	ptrdiff_t i = board_find(board, str_from(key));

	return i >= 0 && app_open_logs_of(app, board, &board->rows[i]);
}

/* Where the log is stands on the line's board, which nobody may have looked at. */
static void find_line(struct chat *c, struct app *app, const struct claim *claim)
{
	const struct board *board = app_board(app, claim->board);

	if (board && open_line(app, board, claim->key))
		return;
	if (board || !app->library ||
	    !library_find(app->library, str_from(claim->board))) {
		open_row(app, claim);
		return;
	}
	chat_forget_line(c);
	c->line_board = xstrdup(claim->board);
	c->line_key = xstrdup(claim->key);
	app_toast(app, false, "%s is read for that", claim->board);
}

void chat_want(const struct chat *c, struct want_set *set)
{
	if (c->line_board)
		want_add(set, c->line_board);
}

void chat_saw(struct chat *c, struct app *app, const struct board *board)
{
	char *key;

	if (!c->line_board || strcmp(board->def->name, c->line_board) != 0)
		return;
	if (board_find(board, str_from(c->line_key)) < 0 &&
	    (board->is_loading || board->is_filling))
		return;
	key = c->line_key;
	c->line_key = NULL;
	chat_forget_line(c);
	if (!open_line(app, board, key))
		app_open_board(app, str_from(board->def->name), STR(""), str_from(key));
	free(key);
}

void chat_forget_line(struct chat *c)
{
	free(c->line_board);
	free(c->line_key);
	c->line_board = c->line_key = NULL;
}

static void open_claim(struct chat *c, struct app *app, const struct claim *claim)
{
	if (claim->kind == CLAIM_RUNBOOK)
		open_runbook(app, claim);
	else if (claim->kind == CLAIM_LINE && claim->board && claim->key)
		find_line(c, app, claim);
	else
		open_row(app, claim);
}

bool chat_open_mark(struct chat *c, struct app *app)
{
	uint16_t mark = talk_mark(&c->talk);
	size_t i = mark_index(mark);
	const struct answer *a;
	struct talk_line line;

	if (!mark || !talk_line(&c->talk, c->talk.cursor, &line))
		return false;
	a = &line.turn->answer;
	switch (mark_kind(mark)) {
	case MARK_NONE:
		return false;
	case MARK_CLAIM:
		if (i < a->n_claims)
			open_claim(c, app, &a->claims[i]);
		break;
	case MARK_CHOICE:
		if (i < a->n_asks)
			chat_say(c, app, str_from(a->asks[i]));
		break;
	case MARK_FOLLOW_UP:
		if (i < a->n_follow_ups)
			chat_say(c, app, str_from(a->follow_ups[i]));
		break;
	case MARK_PROPOSAL:
		if (i < a->n_proposals)
			open_proposal(app, a->proposals[i]);
		break;
	}
	return true;
}

void chat_then(struct chat *c, struct app *app)
{
	const struct claim *claim = claim_under(c);

	if (!claim || claim->as_of_ms == 0) {
		app_toast(app, false, "go to a citation first: tab does%s", "");
		return;
	}
	app->host.go(app->host.ctx, claim->as_of_ms);
	open_claim(c, app, claim);
}

void chat_show_sent(struct chat *c, struct app *app)
{
	const struct turn *turn = talk_turn(&c->talk);

	if (!turn)
		app_toast(app, false, "nothing was asked yet%s", "");
	else if (turn_is_open(turn))
		app_toast(app, false, "what was sent is known when the answer is there%s",
			  "");
	else if (turn->sent.n == 0)
		app_toast(app, false, "nothing left this machine for that answer%s", "");
	else
		app_push(app, reader_new("What was sent, and what came",
					 strbuf_str(&turn->sent), false, NULL));
}
