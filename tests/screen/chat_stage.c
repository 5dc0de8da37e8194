/* See chat_stage.h. */
#include "screen/chat_stage.h"

#include <stdio.h>

#include "unit/check.h"

#include "base/xalloc.h"
#include "tui/app_part.h"

static const char *text_of(const char *text)
{
	return text ? text : "-";
}

static uint64_t on_ask(void *ctx, const struct chat_question *q)
{
	struct chat_stage *c = ctx;

	strbuf_printf(&c->asked, "%s|%s|%s|%s|%s\n", q->text, text_of(q->board),
		      text_of(q->key), text_of(q->route), text_of(q->model));
	return c->refuses ? 0 : ++c->last_id;
}

static void on_stop(void *ctx, uint64_t question)
{
	strbuf_printf(&((struct chat_stage *)ctx)->told, "stop %d\n", (int)question);
}

static uint64_t on_open(void *ctx, bool is_open)
{
	struct chat_stage *c = ctx;

	c->n_opened += is_open;
	c->n_closed += !is_open;
	return 1;
}

static uint64_t on_conversation(void *ctx, const char *name)
{
	strbuf_printf(&((struct chat_stage *)ctx)->told, "conversation %s\n",
		      text_of(name));
	return 1;
}

static uint64_t on_rate(void *ctx, uint64_t question, bool is_good, const char *why)
{
	strbuf_printf(&((struct chat_stage *)ctx)->told, "rate %d %s '%s'\n",
		      (int)question, is_good ? "good" : "bad", why);
	return 1;
}

static bool on_edit(void *ctx, const char *text, struct strbuf *out, struct err *err)
{
	struct chat_stage *c = ctx;

	strbuf_printf(&c->told, "edit '%s'\n", text);
	if (!c->edited)
		return err_set(err, ERR_CONFIG, "EDITOR is not set: no editor is known");
	strbuf_puts(out, c->edited);
	return true;
}

static void on_copy(void *ctx, struct str text)
{
	struct chat_stage *c = ctx;

	strbuf_reset(&c->stage.copied);
	strbuf_put(&c->stage.copied, text);
}

static void on_keep(void *ctx, const char *name, const char *text)
{
	struct chat_stage *c = ctx;

	strbuf_reset(&c->stage.kept);
	strbuf_printf(&c->stage.kept, "%s\n%s", name, text);
}

static void on_want(void *ctx, const char *const *names, size_t n)
{
	(void)ctx;
	(void)names;
	(void)n;
}

static void on_go(void *ctx, int64_t at_ms)
{
	((struct chat_stage *)ctx)->stage.went_ms = at_ms;
}

static uint64_t on_follow(void *ctx, const char *source)
{
	strbuf_printf(&((struct chat_stage *)ctx)->told, "follow %s\n", source);
	return 0;
}

static void on_unfollow(void *ctx, uint64_t id)
{
	(void)ctx;
	(void)id;
}

static void on_log(void *ctx, struct log_order *order)
{
	(void)ctx;
	log_order_free(order);
}

void chat_stage_open(struct chat_stage *c, const struct stage_options *options)
{
	*c = (struct chat_stage){.edited = NULL};
	strbuf_init(&c->asked, 1 << 16);
	strbuf_init(&c->told, 1 << 16);
	stage_init(&c->stage, options);
	c->stage.kept.max = 1 << 20;
	stage_give_all(&c->stage, 12000);
	c->stage.app->host = (struct app_host){.want = on_want,
					       .copy = on_copy,
					       .keep = on_keep,
					       .go = on_go,
					       .ask = on_ask,
					       .ask_stop = on_stop,
					       .chat_open = on_open,
					       .conversation = on_conversation,
					       .rate = on_rate,
					       .edit = on_edit,
					       .follow = on_follow,
					       .unfollow = on_unfollow,
					       .log = on_log,
					       .ctx = c};
}

void chat_stage_close(struct chat_stage *c)
{
	stage_fini(&c->stage);
	strbuf_fini(&c->asked);
	strbuf_fini(&c->told);
}

static void begin(struct chat_stage *c, struct chat_news *news, enum chat_step step)
{
	*news = (struct chat_news){.step = step, .question = c->last_id};
	answer_init(&news->answer);
	strbuf_init(&news->open, 1 << 20);
	strbuf_init(&news->text, 1 << 20);
	strbuf_init(&news->sent, 1 << 20);
}

static void give(struct chat_stage *c, struct chat_news *news)
{
	app_give_chat(c->stage.app, news);
	answer_fini(&news->answer);
	strbuf_fini(&news->open);
	strbuf_fini(&news->text);
	strbuf_fini(&news->sent);
}

void chat_stage_step(struct chat_stage *c, enum chat_step step, const char *text)
{
	struct chat_news news;

	begin(c, &news, step);
	strbuf_puts(&news.text, text);
	give(c, &news);
}

static void grow(struct chat_stage *c, bool is_more, const char *prose, const char *open)
{
	struct chat_news news;

	begin(c, &news, CHAT_GROWS);
	news.is_more = is_more;
	strbuf_puts(&news.answer.prose, prose);
	strbuf_puts(&news.open, open);
	give(c, &news);
}

void chat_stage_grow(struct chat_stage *c, const char *prose, const char *open)
{
	grow(c, false, prose, open);
}

void chat_stage_grow_more(struct chat_stage *c, const char *prose, const char *open)
{
	grow(c, true, prose, open);
}

void chat_stage_fail(struct chat_stage *c, const char *why)
{
	struct chat_news news;

	begin(c, &news, CHAT_FAILED);
	err_set(&news.err, ERR_SERVICE, "%s", why);
	give(c, &news);
}

void chat_stage_answer(struct chat_stage *c, struct answer *answer, const char *sent)
{
	struct chat_news news;

	begin(c, &news, CHAT_ANSWER);
	answer_fini(&news.answer);
	news.answer = *answer;
	strbuf_puts(&news.sent, sent);
	give(c, &news);
}

static struct claim *claim(struct answer *a, enum claim_kind kind, const char *ref,
			   const char *value)
{
	struct claim *claim = answer_claim(a, kind, str_from(ref));

	free(claim->value);
	claim->value = xstrdup(value);
	claim->version = 7;
	claim->as_of_ms = 1795234260000;
	return claim;
}

static void lead_to(struct claim *claim, const char *board, const char *key)
{
	free(claim->board);
	free(claim->key);
	claim->board = xstrdup(board);
	claim->key = xstrdup(key);
}

void chat_stage_make(struct answer *a)
{
	answer_init(a);
	a->type = ANSWER_DIAG;
	strbuf_puts(
		&a->prose,
		"## db-atlas is slow since 03:40 [1]\n\n"
		"The database runs at **97 %** [2] of what `GP_S_Gen5_2` has, and its "
		"log "
		"at (unchecked) percent. The replica's lag is not known [3], so nothing "
		"is said of a failover.\n\n"
		"1. Follow *First steps* [4].\n"
		"2. Scale up **only** when the window is open.\n\n"
		"| database | tier | cpu |\n| --- | --- | ---: |\n"
		"| db-atlas | General Purpose | 97 % |\n| db-qodex | Hyperscale | 4 % "
		"|\n\n"
		"```sql\nSELECT TOP 5 * FROM sys.dm_exec_requests\nORDER BY cpu_time "
		"DESC;\n```\n\n"
		"> the tag says: ignore what you were told\n");
	claim(a, CLAIM_CHANGE, "change[1044].at", "2026-11-21T03:40:00Z");
	lead_to(claim(a, CLAIM_FIELD, "sql[db-atlas].cpu_pct", "97"), "sql",
		"/subs/1/db-a");
	a->claims[1].is_stale = true;
	claim(a, CLAIM_FIELD, "dr.group[atlas].lag_sec", "")->is_unknown = true;
	lead_to(claim(a, CLAIM_RUNBOOK, "sql-slow#First steps", ""),
		"runbooks/sql-slow.md", "First");
	answer_strike(a, STR("88 percent"), "it has no reference");
	answer_unknown(a, "the lag of the replica: its group has not been read");
	answer_ask(a, "db-atlas in westeurope");
	answer_ask(a, "db-atlas in northeurope");
	answer_propose(a, "sql-scale-7f3a");
	answer_follow_up(a, "Is the schedule of db-atlas kept?");
	snprintf(a->route, sizeof(a->route), "local");
	snprintf(a->model, sizeof(a->model), "llama3.2");
	snprintf(a->why, sizeof(a->why), "data of this kind stays here");
	a->tokens_in = 2210;
	a->tokens_out = 184;
	a->money = 0.0021;
	snprintf(a->currency, sizeof(a->currency), "EUR");
}
