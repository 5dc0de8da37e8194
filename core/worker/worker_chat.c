/* See chat.h: orders and news of the chat. Thread: any posts, core does. */
#include "base/xalloc.h"
#include "config/env.h"
#include "knowledge/vector_store.h"
#include "worker/worker_part.h"

/* What an order has in `names`; "" stands for NULL where the verb allows it. */
enum chat_verb { CHAT_ASK, CHAT_OPEN, CHAT_STOP, CHAT_CONVERSE, CHAT_SEARCH, CHAT_RATE };
enum { AT_TEXT, AT_BOARD, AT_KEY, AT_ROUTE, AT_MODEL };

static struct order *order(struct worker *w, enum chat_verb verb)
{
	struct order *o = order_new(ORDER_CHAT);

	o->id = ++w->last_id;
	o->by = (int)verb;
	return o;
}

static void add(struct order *o, const char *text)
{
	vec_push(&o->names, xstrdup(text ? text : ""));
}

static uint64_t post(struct worker *w, struct order *o)
{
	uint64_t id = o->id;

	mailbox_post(w->orders, &o->mail);
	return id;
}

uint64_t worker_ask(struct worker *w, const struct chat_question *question)
{
	struct order *o = order(w, CHAT_ASK);

	add(o, question->text);
	add(o, question->board);
	add(o, question->key);
	add(o, question->route);
	add(o, question->model);
	return post(w, o);
}

uint64_t worker_chat_open(struct worker *w, bool is_open)
{
	struct order *o = order(w, CHAT_OPEN);

	o->is_on = is_open;
	return post(w, o);
}

void worker_ask_stop(struct worker *w, uint64_t question)
{
	struct order *o = order(w, CHAT_STOP);

	o->about = question;
	post(w, o);
}

uint64_t worker_conversation(struct worker *w, const char *name)
{
	struct order *o = order(w, CHAT_CONVERSE);

	add(o, name);
	return post(w, o);
}

uint64_t worker_search_chats(struct worker *w, const char *words)
{
	struct order *o = order(w, CHAT_SEARCH);

	add(o, words);
	return post(w, o);
}

uint64_t worker_ask_rate(struct worker *w, uint64_t question, bool is_good,
			 const char *why)
{
	struct order *o = order(w, CHAT_RATE);

	add(o, why);
	o->about = question;
	o->is_on = is_good;
	return post(w, o);
}

static struct board *board_of(void *ctx, const char *name)
{
	return poller_board(((struct worker *)ctx)->poller, name);
}

static void tell(void *ctx, uint64_t id, struct chat_news *chat)
{
	struct news *news = news_new(NEWS_CHAT);

	news->request_id = id;
	news->chat = chat;
	worker_tell(ctx, news);
}

static void open_chat(struct worker *w)
{
	struct strbuf dir, vectors;

	strbuf_init(&dir, 4096);
	strbuf_init(&vectors, 4096);
	if (!w->options.is_demo) {
		env_state_path(&dir, "chats");
		env_state_path(&vectors, VECTOR_STORE_FILE);
	}
	w->chat = chat_desk_new(&(struct chat_desk_options){
		.loop = w->loop,
		.log = w->options.log,
		.clock = w->options.clock,
		.library = w->options.library,
		.config = w->access.config,
		.gateway = w->models,
		.keychain = &w->keychain,
		.chats_dir = dir.n && !dir.overflow ? dir.p : NULL,
		.vectors_path = vectors.n && !vectors.overflow ? vectors.p : NULL,
		.asks_once = w->options.asks_once,
		.board = board_of,
		.can_be_had = worker_can_have,
		.wants = worker_want_more,
		.tell = tell,
		.ctx = w,
	});
	strbuf_fini(&dir);
	strbuf_fini(&vectors);
}

static const char *given(const struct order *o, size_t at)
{
	return o->names.p[at][0] ? o->names.p[at] : NULL;
}

/* Nothing can be asked before there is a configuration. */
static void refuse(struct worker *w, const struct order *o)
{
	struct chat_news *news = xcalloc(1, sizeof(*news));

	*news = (struct chat_news){.step = CHAT_FAILED,
				   .question = o->id,
				   .is_over = true};
	answer_init(&news->answer);
	err_set(&news->err, ERR_NOT_FOUND, "there is no connection to ask about yet");
	tell(w, o->id, news);
}

void worker_do_chat(struct worker *w, const struct order *o)
{
	if (!w->poller) {
		if (o->by != CHAT_OPEN)
			refuse(w, o);
		return;
	}
	if (!w->chat)
		open_chat(w);
	switch ((enum chat_verb)o->by) {
	case CHAT_ASK:
		spent_look(w->spent);
		chat_desk_ask(w->chat, o->id,
			      &(struct chat_question){.text = o->names.p[AT_TEXT],
						      .board = given(o, AT_BOARD),
						      .key = given(o, AT_KEY),
						      .route = given(o, AT_ROUTE),
						      .model = given(o, AT_MODEL)});
		break;
	case CHAT_OPEN:
		chat_desk_open(w->chat, o->id, o->is_on);
		break;
	case CHAT_STOP:
		chat_desk_stop(w->chat, o->about);
		break;
	case CHAT_CONVERSE:
		chat_desk_converse(w->chat, o->id, given(o, 0));
		break;
	case CHAT_SEARCH:
		chat_desk_search(w->chat, o->id, o->names.p[0]);
		break;
	case CHAT_RATE:
		chat_desk_rate(w->chat, o->id, o->about, o->is_on, given(o, 0));
		break;
	}
}

cJSON *worker_model_rows(void *ctx)
{
	const struct worker *w = ctx;
	cJSON *rows = models_rows(w->models);

	if (w->chat)
		chat_desk_put_scores(w->chat, rows);
	return rows;
}
