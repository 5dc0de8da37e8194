/* The deck's chat: opened about a row or about nothing, and told what came. Thread: ui. */
#include "base/thread.h"
#include "tui/app_part.h"
#include "tui/chat/chat.h"
#include "tui/commands.h"
#include "worker/chat/chat.h"

/* Made when somebody first wants it. */
static struct chat *chat_of(struct app *app)
{
	if (!app->chat)
		app->chat = chat_new();
	return app->chat;
}

/* There is one screen of it; what lies over it goes. */
static void show(struct app *app)
{
	for (size_t i = 0; i < app->n_screens; i++) {
		if (!chat_is_screen(app->screens[i]))
			continue;
		while (!chat_is_screen(app_top(app)))
			app_pop(app);
		app_act(app, ACT_WRITE, STR(""));
		return;
	}
	app_push(app, chat_screen_new(chat_of(app)));
}

void app_tell_chat(struct app *app)
{
	bool is_open = false;

	for (size_t i = 0; i < app->n_screens; i++)
		is_open = is_open || chat_is_screen(app->screens[i]);
	if (is_open == app->is_chat_told || !app->host.chat_open)
		return;
	app->is_chat_told = is_open;
	app->host.chat_open(app->host.ctx, is_open);
}

void app_give_chat(struct app *app, struct chat_news *news)
{
	THREAD_ASSERT(THREAD_UI);
	chat_take(chat_of(app), app, news);
}

bool app_chat_is_waiting(const struct app *app)
{
	return app->chat && chat_is_screen(app_top(app)) && chat_is_waiting(app->chat);
}

void command_chat(struct app *app, struct str arg)
{
	(void)arg;
	show(app);
}

/* About the row under the cursor, if there is one. */
void command_ask(struct app *app, struct str arg)
{
	struct screen *top = app_top(app);
	const struct board *board;
	const struct row *row;

	if (top->ops->selected && top->ops->selected(top, app, &board, &row))
		chat_set_subject(chat_of(app), board, row);
	show(app);
	if (arg.n > 0)
		chat_say(chat_of(app), app, arg);
}
