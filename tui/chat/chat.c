/* See chat.h. */
#include "tui/chat/chat.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/sanitize.h"
#include "base/timefmt.h"
#include "base/xalloc.h"
#include "tui/chat/chat_part.h"

enum { MOST_EXPORT = 4 << 20, LONGEST_TOAST = 100 };

struct chat *chat_new(void)
{
	struct chat *c = xcalloc(1, sizeof(*c));

	talk_init(&c->talk);
	editor_init(&c->editor);
	strbuf_init(&c->typed, EDITOR_MOST);
	return c;
}

void chat_free(struct chat *c)
{
	if (!c)
		return;
	talk_fini(&c->talk);
	editor_fini(&c->editor);
	strbuf_fini(&c->typed);
	free(c->route);
	free(c->model);
	free(c->conversation);
	chat_drop_subject(c);
	chat_forget_line(c);
	chat_take_names(c, STR(""));
	vec_fini(&c->names);
	free(c);
}

void chat_drop_subject(struct chat *c)
{
	free(c->board);
	free(c->key);
	free(c->about);
	c->board = c->key = c->about = NULL;
}

void chat_set_subject(struct chat *c, const struct board *board, const struct row *row)
{
	const struct board_def *def = board->def;
	const char *name = row->cells[0].text[0] ? row->cells[0].text : row->key.p;
	struct strbuf about;

	chat_drop_subject(c);
	strbuf_init(&about, 400);
	c->board = xstrdup(def->name);
	c->key = xstrndup(row->key.p, row->key.n);
	strbuf_printf(&about, "%s: %s", def->title, name);
	c->about = strbuf_take(&about);
}

void chat_note(struct chat *c, struct app *app, const char *markdown)
{
	talk_add(&c->talk, turn_note(markdown));
	app_dirty(app);
}

static void ask(struct chat *c, struct app *app, const char *text)
{
	struct turn *turn = turn_new(text, c->about);
	const struct chat_question question = {.text = text,
					       .board = c->board,
					       .key = c->key,
					       .route = c->route,
					       .model = c->model};

	turn->asked_ms = clock_mono_ms(app->options.clock);
	turn->question = app->host.ask ? app->host.ask(app->host.ctx, &question) : 0;
	if (turn->question == 0) {
		turn->state = TURN_FAILED;
		err_set(&turn->err, ERR_REFUSED,
			"nothing can be asked yet: the worker has not begun");
	}
	talk_add(&c->talk, turn);
	app_dirty(app);
}

void chat_say(struct chat *c, struct app *app, struct str text)
{
	char *copy;

	text = str_trim(text);
	if (text.n == 0)
		return;
	if (text.p[0] == '/' && chat_command(c, app, text))
		return;
	if (app->moment.at_ms) {
		app_toast(app, true, "this is the past: go back to now first");
		return;
	}
	copy = xstrndup(text.p, text.n);
	ask(c, app, copy);
	free(copy);
}

static void count(struct chat *c, const struct answer *a)
{
	c->n_answers++;
	c->tokens_in += a->tokens_in > 0 ? a->tokens_in : 0;
	c->tokens_out += a->tokens_out > 0 ? a->tokens_out : 0;
	if (!isnan(a->money)) {
		c->money += a->money;
		c->n_priced++;
		snprintf(c->currency, sizeof(c->currency), "%s", a->currency);
	}
}

/* An answer to an order that is no question. */
static void take_told(struct chat *c, struct app *app, const struct strbuf *text)
{
	if (text->n == 0)
		return;
	if (text->n > LONGEST_TOAST || str_find_char(strbuf_str(text), '\n') >= 0)
		chat_note(c, app, text->p);
	else
		app_toast(app, false, "%s", text->p);
}

void chat_take(struct chat *c, struct app *app, struct chat_news *news)
{
	struct turn *turn = talk_find_turn(&c->talk, news->question);

	app_dirty(app);
	if (news->step == CHAT_WAS) {
		turn = turn_new(news->text.p, NULL);
		turn->question = news->question;
		turn_take(turn, news);
		talk_add(&c->talk, turn);
		return;
	}
	if (news->step == CHAT_NAMES) {
		chat_take_names(c, strbuf_str(&news->text));
		return;
	}
	if (news->step == CHAT_TOLD) {
		take_told(c, app, &news->text);
		return;
	}
	if (!turn && news->step == CHAT_FAILED)
		app_note(app, &news->err);
	if (!turn || !turn_is_open(turn))
		return;
	if (news->step == CHAT_ANSWER)
		count(c, &news->answer);
	turn_take(turn, news);
	if (!turn_is_open(turn) && !chat_is_screen(app_top(app)))
		app_toast(app, turn->state == TURN_FAILED,
			  turn->state == TURN_FAILED ? "the chat has no answer: %.120s"
						     : "the chat has an answer%s",
			  turn->state == TURN_FAILED ? turn->err.text : "");
}

void chat_restart(struct chat *c)
{
	for (size_t i = 0; i < c->talk.turns.n; i++) {
		struct turn *turn = c->talk.turns.p[i];

		turn->question = 0;
		if (!turn_is_open(turn))
			continue;
		turn->state = TURN_FAILED;
		turn->is_dirty = true;
		err_set(&turn->err, ERR_CANCELLED,
			"azdeck has read its files again meanwhile: ask once more");
	}
}

bool chat_is_waiting(const struct chat *c)
{
	return talk_open_turn(&c->talk) != NULL;
}

bool chat_stop(struct chat *c, struct app *app)
{
	struct turn *turn = talk_open_turn(&c->talk);

	if (!turn)
		return false;
	turn->is_stopping = true;
	turn->is_dirty = true;
	if (app->host.ask_stop)
		app->host.ask_stop(app->host.ctx, turn->question);
	return true;
}

void chat_rate(struct chat *c, struct app *app, bool is_good, struct str why)
{
	struct turn *turn = talk_turn(&c->talk);
	char *reason;

	if (!turn || turn_is_open(turn) || turn->state == TURN_FAILED) {
		app_toast(app, false, "there is no answer to judge%s", "");
		return;
	}
	if (turn->question == 0) {
		app_toast(app, false,
			  "that answer is of before: it is not kept any more%s", "");
		return;
	}
	reason = xstrndup(why.p ? why.p : "", why.n);
	turn->rating = is_good ? 1 : -1;
	turn->is_dirty = true;
	if (app->host.rate)
		app->host.rate(app->host.ctx, turn->question, is_good, reason);
	free(reason);
	app_toast(app, false, is_good ? "kept: it helped%s" : "kept: it did not help%s",
		  "");
}

void chat_put_cost(const struct chat *c, struct strbuf *out)
{
	strbuf_printf(out, "%zu answer%s, %lld + %lld tokens", c->n_answers,
		      c->n_answers == 1 ? "" : "s", (long long)c->tokens_in,
		      (long long)c->tokens_out);
	if (c->n_priced > 0)
		strbuf_printf(out, ", cost %.4f%s%s", c->money, c->currency[0] ? " " : "",
			      c->currency);
	if (c->n_priced > 0 && c->n_priced < c->n_answers)
		strbuf_printf(out, " of %zu of them", c->n_priced);
}

/* "chat-20261121-0412.md" */
void chat_export(struct chat *c, struct app *app)
{
	struct utc t = utc_from_ms(clock_wall_ms(app->options.clock));
	struct strbuf text, name;

	strbuf_init(&text, MOST_EXPORT);
	strbuf_init(&name, 100);
	strbuf_printf(&name, "chat-%04d%02d%02d-%02d%02d.md", t.year, t.month, t.day,
		      t.hour, t.minute);
	strbuf_printf(&text,
		      "# A conversation with azdeck, %04d-%02d-%02d %02d:%02d UTC\n\n",
		      t.year, t.month, t.day, t.hour, t.minute);
	for (size_t i = 0; i < c->talk.turns.n; i++)
		turn_export(c->talk.turns.p[i], &text);
	if (c->talk.turns.n == 0)
		app_toast(app, false, "there is nothing to export yet%s", "");
	else
		app->host.keep(app->host.ctx, name.p, text.p);
	strbuf_fini(&text);
	strbuf_fini(&name);
}
