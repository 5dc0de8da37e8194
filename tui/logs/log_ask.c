/* See log_screen_part.h: what a person looks for in a log, and wants to see of it. */
#include <stdlib.h>

#include "base/timefmt.h"
#include "base/when.h"
#include "tui/logs/log_screen_part.h"

enum { AROUND_MS = 30 * 1000 };

#define PLACE_FORMS "10:20, -5m, 2026-03-11 10:20, a line's number, 50%"

static void ask(struct log_screen *l, struct app *app, enum log_question question)
{
	static const struct {
		const char *label, *hint;
	} prompts[] = {
		[LOG_ASKS_FIND] = {"/", "text, or a /pattern/; small letters match both"},
		[LOG_ASKS_ONLY] = {"only lines with: ", "text, or a /pattern/"},
		[LOG_ASKS_WITHOUT] = {"only lines without: ", "text, or a /pattern/"},
		[LOG_ASKS_PLACE] = {"go to: ", PLACE_FORMS},
	};

	l->question = question;
	prompt_open(&app->prompt, PROMPT_ANSWER, STR(""));
	app->prompt.label = prompts[question].label;
	app->prompt.hint = prompts[question].hint;
}

static void seek(struct log_screen *l, bool is_back, enum line_level level)
{
	struct log_view *v = log_screen_view(l);
	const struct page_row *row = log_view_row(v);

	l->is_back = is_back;
	l->goal = level == LINE_UNKNOWN ? LOG_GOAL_HIT : LOG_GOAL_LEVEL;
	l->goal_level = level;
	log_client_seek(v->client, &(struct log_seek){
					   .from = row ? row->at : v->client->state.end,
					   .is_back = is_back,
					   .skips_first = !is_back && !l->is_first_hit,
					   .level = level,
				   });
}

/* Who looks at the end of a log means what came last. */
static void find(struct log_screen *l, struct app *app, struct str text)
{
	struct log_view *v = log_screen_view(l);
	struct err err;

	if (!log_client_find(v->client, text, &err)) {
		app_note(app, &err);
		return;
	}
	if (text.n == 0)
		return;
	l->is_first_hit = true;
	if (v->is_following) {
		l->is_back = true;
		l->goal = LOG_GOAL_HIT;
		l->goal_level = LINE_UNKNOWN;
		log_client_seek(v->client,
				&(struct log_seek){.from = INT64_MAX, .is_back = true});
	} else {
		seek(l, false, LINE_UNKNOWN);
	}
}

static void next_hit(struct log_screen *l, struct app *app, bool is_back)
{
	if (!log_screen_view(l)->client->find) {
		app_toast(app, false, "nothing is looked for yet%s", "");
		return;
	}
	l->is_first_hit = false;
	seek(l, is_back, LINE_UNKNOWN);
}

static void add_filter(struct log_screen *l, struct app *app, struct str text,
		       bool is_out)
{
	struct log_view *v = log_screen_view(l);
	struct wanted wanted = {0};
	struct err err;

	if (text.n == 0)
		return;
	wanted_copy(&wanted, &v->client->wanted);
	if (wanted_add(&wanted, text, is_out, &err))
		log_client_want(log_screen_view(l)->client, &wanted);
	else
		app_note(app, &err);
	wanted_fini(&wanted);
}

static void set_level(struct log_screen *l, struct app *app, struct str arg)
{
	static const enum line_level next[LINE_LEVELS] = {
		[LINE_UNKNOWN] = LINE_INFO,	[LINE_TRACE] = LINE_INFO,
		[LINE_DEBUG] = LINE_INFO,	[LINE_INFO] = LINE_WARNING,
		[LINE_WARNING] = LINE_ERROR,	[LINE_ERROR] = LINE_UNKNOWN,
		[LINE_CRITICAL] = LINE_UNKNOWN,
	};
	struct wanted wanted = {0};

	wanted_copy(&wanted, &log_screen_view(l)->client->wanted);
	wanted.level = arg.n == 0 ? next[wanted.level] : line_level_of(arg);
	if (arg.n > 0 && wanted.level == LINE_UNKNOWN && !str_eq(arg, STR("all"))) {
		app_toast(app, true,
			  "'%.*s' is no level: all, debug, info, warning, error",
			  STR_ARG(arg));
		wanted_fini(&wanted);
		return;
	}
	app_toast(app, false,
		  wanted.level ? "lines that are %s or worse" : "lines of every level%s",
		  wanted.level ? line_level_name(wanted.level) : "");
	log_client_want(log_screen_view(l)->client, &wanted);
	wanted_fini(&wanted);
}

/* "10:20" and "10:20:30": of the day that the log is of. */
static bool is_clock(struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] != ':' && (text.p[i] < '0' || text.p[i] > '9'))
			return false;
	}
	return str_find_char(text, ':') > 0;
}

static bool read_clock(struct str text, int64_t *ms)
{
	static const int64_t units[] = {HOUR_MS, MINUTE_MS, 1000};
	struct str part;
	int64_t value;

	*ms = 0;
	for (size_t i = 0; str_next(&text, ':', &part); i++) {
		if (i == 3 || !str_to_i64(part, &value) || value > (i ? 59 : 23))
			return false;
		*ms += value * units[i];
	}
	return true;
}

static bool go_to_share(struct log_screen *l, struct str text)
{
	struct log_view *v = log_screen_view(l);
	const struct log_state *state = &v->client->state;
	double share;

	if (!str_ends(text, STR("%")) ||
	    !str_to_f64(str_sub(text, 0, text.n - 1), &share) || share < 0 || share > 100)
		return false;
	log_view_go(v, state->begin + (int64_t)((double)(state->end - state->begin) *
						share / 100));
	return true;
}

static void go_to(struct log_screen *l, struct app *app, struct str text)
{
	struct log_view *v = log_screen_view(l);
	const struct page_row *row = log_view_row(v);
	int64_t now_ms = clock_wall_ms(app->options.clock), ms, number;

	if (text.n == 0 || go_to_share(l, text))
		return;
	l->goal = LOG_GOAL_TIME;
	if (is_clock(text) && read_clock(text, &ms)) {
		log_client_ask_time(v->client, ms, true);
	} else if (str_to_i64(text, &number) && number > 0) {
		l->goal = LOG_GOAL_NUMBER;
		log_client_ask_number(v->client, (uint64_t)number);
	} else if (when_parse(text, now_ms, row && row->has_time ? row->time_ms : now_ms,
			      &ms)) {
		log_client_ask_time(v->client, ms, false);
	} else {
		app_toast(app, true, "'%.*s' is no place: %s", STR_ARG(text),
			  PLACE_FORMS);
	}
}

void log_screen_begin_at(struct log_screen *l)
{
	struct log_client *c = log_screen_view(l)->client;

	if (!l->begins_at_ms || !c->has_state || c->state.end <= c->state.begin)
		return;
	l->goal = LOG_GOAL_TIME;
	log_client_ask_time(c, l->begins_at_ms, false);
	l->begins_at_ms = 0;
}

/* All lines of about the same time, whatever was wanted; esc goes back to that. */
static void around(struct log_screen *l, struct app *app)
{
	struct log_view *v = log_screen_view(l);
	const struct page_row *row = log_view_row(v);
	struct wanted wanted = {0};

	if (!row || !row->has_time) {
		app_toast(app, false, "this line says no time%s", "");
		return;
	}
	if (!l->is_around)
		wanted_copy(&l->before, &v->client->wanted);
	l->is_around = true;
	wanted.since_ms = row->time_ms - AROUND_MS;
	wanted.until_ms = row->time_ms + AROUND_MS;
	log_client_want(log_screen_view(l)->client, &wanted);
	app_toast(app, false, "every line from 30 s before to 30 s after%s", "");
}

bool log_screen_ask(struct log_screen *l, struct app *app, enum act act, struct str arg)
{
	switch ((int)act) { /* most acts mean nothing here */
	case ACT_FIND:
		if (arg.n > 0)
			find(l, app, arg);
		else
			ask(l, app, LOG_ASKS_FIND);
		return true;
	case ACT_ONLY:
	case ACT_WITHOUT:
		if (arg.n > 0)
			add_filter(l, app, arg, act == ACT_WITHOUT);
		else
			ask(l, app, act == ACT_ONLY ? LOG_ASKS_ONLY : LOG_ASKS_WITHOUT);
		return true;
	case ACT_GO_TO:
		if (arg.n > 0)
			go_to(l, app, arg);
		else
			ask(l, app, LOG_ASKS_PLACE);
		return true;
	case ACT_LEVEL:
		set_level(l, app, arg);
		return true;
	case ACT_MATCH_NEXT:
	case ACT_MATCH_PREV:
		next_hit(l, app, act == ACT_MATCH_PREV);
		return true;
	case ACT_ERROR_NEXT:
	case ACT_ERROR_PREV:
		l->is_first_hit = false;
		seek(l, act == ACT_ERROR_PREV, LINE_ERROR);
		return true;
	case ACT_WARNING_NEXT:
	case ACT_WARNING_PREV:
		l->is_first_hit = false;
		seek(l, act == ACT_WARNING_PREV, LINE_WARNING);
		return true;
	case ACT_AROUND:
		around(l, app);
		return true;
	default:
		return false;
	}
}

void log_screen_answer(struct log_screen *l, struct app *app, struct str text)
{
	switch (l->question) {
	case LOG_ASKS_FIND:
		find(l, app, text);
		break;
	case LOG_ASKS_ONLY:
	case LOG_ASKS_WITHOUT:
		add_filter(l, app, text, l->question == LOG_ASKS_WITHOUT);
		break;
	case LOG_ASKS_PLACE:
		go_to(l, app, text);
		break;
	}
}

static void say_none(struct log_screen *l, struct app *app)
{
	const char *where = l->is_back ? "above" : "below";

	switch (l->goal) {
	case LOG_GOAL_HIT:
		if (l->is_first_hit)
			app_toast(app, false, "nothing matches%s", "");
		else
			app_toast(app, false, "no more hits %s", where);
		break;
	case LOG_GOAL_LEVEL:
		app_toast(app, false, "no more %s %s",
			  l->goal_level == LINE_ERROR ? "errors" : "warnings", where);
		break;
	case LOG_GOAL_TIME:
		app_toast(app, false, "no line says a time%s", "");
		break;
	case LOG_GOAL_NUMBER:
		app_toast(app, false,
			  log_screen_view(l)->client->state.is_counted
				  ? "there is no such line%s"
				  : "lines are still being counted: try again soon%s",
			  "");
		break;
	}
}

void log_screen_took(struct log_screen *l, struct app *app)
{
	struct log_view *v = log_screen_view(l);
	int64_t at;

	if (!log_client_take_place(v->client, &at))
		return;
	if (at >= 0) {
		l->is_first_hit = false;
		log_view_go(v, at);
		return;
	}
	/* The first hit may be on the other side of where one stands. */
	if (l->goal == LOG_GOAL_HIT && l->is_first_hit && !l->is_back) {
		seek(l, true, LINE_UNKNOWN);
		return;
	}
	say_none(l, app);
}

bool log_screen_drop(struct log_screen *l, struct app *app)
{
	struct log_client *c = log_screen_view(l)->client;
	struct wanted wanted = {0};
	struct err ignored;

	if (c->seek_id) {
		log_client_stop_seek(c);
		app_toast(app, false, "the search was stopped%s", "");
		return true;
	}
	if (c->find)
		return log_client_find(c, STR(""), &ignored);
	if (l->is_around) {
		wanted_copy(&wanted, &l->before);
		wanted_fini(&l->before);
		l->is_around = false;
	} else {
		wanted_copy(&wanted, &c->wanted);
		if (!wanted_drop(&wanted)) {
			wanted_fini(&wanted);
			return false;
		}
	}
	log_client_want(log_screen_view(l)->client, &wanted);
	wanted_fini(&wanted);
	return true;
}
