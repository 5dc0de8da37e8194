/* A deck on a stage. */
#include "screen/stage.h"

#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

#include "unit/check.h"

#include "base/err.h"
#include "base/file.h"
#include "base/json.h"
#include "base/timefmt.h"
#include "base/xalloc.h"
#include "board/decode.h"
#include "tui/app_part.h"
#include "tui/logs/log_client.h"

#define HISTORY 48

static void read_source(const char *name, struct strbuf *out)
{
	struct strbuf path;
	struct err err = {0};

	strbuf_init(&path, 4096);
	strbuf_printf(&path, "%s/tests/screen/%s", getenv("AZ_SRCDIR"), name);
	if (!file_read(path.p, out, &err))
		fail_msg("%s", err.text);
	strbuf_fini(&path);
}

static void on_want(void *ctx, const char *const *names, size_t n)
{
	struct stage *stage = ctx;

	strbuf_reset(&stage->wanted);
	for (size_t i = 0; i < n; i++)
		strbuf_printf(&stage->wanted, "%s ", names[i]);
}

static void on_refresh(void *ctx, const char *name)
{
	strbuf_printf(&((struct stage *)ctx)->refreshed, "%s ", name);
}

static void on_acknowledge(void *ctx, const char *board, const char *key, bool is_on)
{
	struct stage *stage = ctx;

	strbuf_reset(&stage->acknowledged);
	strbuf_printf(&stage->acknowledged, "%s %s %s", board, key, is_on ? "on" : "off");
}

static void on_copy(void *ctx, struct str text)
{
	struct stage *stage = ctx;

	strbuf_reset(&stage->copied);
	strbuf_put(&stage->copied, text);
}

static void on_go(void *ctx, int64_t at_ms)
{
	((struct stage *)ctx)->went_ms = at_ms;
}

static void on_step(void *ctx, int by)
{
	((struct stage *)ctx)->stepped += by;
}

static bool on_theme(void *ctx, const char *name, struct err *err)
{
	struct stage *stage = ctx;

	if (strcmp(name, "none") == 0)
		return err_set(err, ERR_NOT_FOUND, "there is no theme 'none'");
	strbuf_reset(&stage->theme);
	strbuf_puts(&stage->theme, name);
	return true;
}

static void on_mouse(void *ctx, bool is_on)
{
	((struct stage *)ctx)->mouse = is_on;
}

static void on_suspend(void *ctx)
{
	((struct stage *)ctx)->n_suspends++;
}

static void on_redraw(void *ctx)
{
	((struct stage *)ctx)->n_redraws++;
}

static void on_first(void *ctx, struct first_order *order)
{
	struct stage *stage = ctx;

	first_order_free(stage->order);
	stage->order = order;
}

static void on_log(void *ctx, struct log_order *order)
{
	struct stage *stage = ctx;

	if (stage->logs)
		log_thread_order(stage->logs, order);
	else
		log_order_free(order);
}

static uint64_t on_plan(void *ctx, const char *action, const char *target,
			const char *const *inputs, size_t n)
{
	struct stage *stage = ctx;

	strbuf_printf(&stage->changed, "plan %s %s", action, target);
	for (size_t i = 0; i < n; i++)
		strbuf_printf(&stage->changed, " %s", inputs[i]);
	strbuf_putc(&stage->changed, '\n');
	return ++stage->last_id;
}

static uint64_t on_change(void *ctx, enum change_ask what, const char *id,
			  const char *word)
{
	static const char *const words[] = {"propose", "approve", "run",
					    "stop",    "reject",  "forget"};
	struct stage *stage = ctx;

	strbuf_printf(&stage->changed, "%s %.4s %s\n", words[what], id, word);
	return ++stage->last_id;
}

static void on_keep(void *ctx, const char *name, const char *text)
{
	struct stage *stage = ctx;

	strbuf_reset(&stage->kept);
	strbuf_printf(&stage->kept, "%s %zu", name, strlen(text));
}

static uint64_t on_follow(void *ctx, const char *source)
{
	struct stage *stage = ctx;

	strbuf_reset(&stage->followed);
	strbuf_puts(&stage->followed, source);
	return 0;
}

static void on_unfollow(void *ctx, uint64_t id)
{
	(void)ctx;
	(void)id;
}

static void on_demo(void *ctx)
{
	((struct stage *)ctx)->n_demos++;
}

static void begin_log(struct stage *stage, const char *path)
{
	char *file = xstrdup(path);
	struct err err;

	if (!wake_fd_init(&stage->news))
		fail_msg("no pipe");
	stage->logs = log_thread_start(&stage->clock, wake_fd_raise, &stage->news, &err);
	if (!stage->logs)
		fail_msg("%s", err.text);
	app_begin_pager(stage->app, &(struct app_pager){.files = &file,
							.n_files = 1,
							.input_fd = -1});
	free(file);
}

static void take_logs(struct stage *stage)
{
	struct mail *mail = log_thread_news(stage->logs);

	wake_fd_clear(&stage->news);
	while (mail) {
		struct mail *next = mail->next;

		app_give_log(stage->app, (struct log_news *)mail);
		mail = next;
	}
}

static bool is_settled(const struct log_client *c)
{
	return c->has_state && (!c->state.is_open || c->state.is_counted) &&
	       (!c->state.is_open || c->page) && !c->page_id && !c->seek_id &&
	       !c->is_counting && !c->is_summing &&
	       (!c->line_id || (c->line && c->line->id == c->line_id));
}

void stage_settle(struct stage *stage)
{
	struct pollfd news = {.fd = stage->news.read_fd, .events = POLLIN};

	stage_draw(stage);
	while (!is_settled(stage->app->logs.p[0])) {
		if (poll(&news, 1, 20000) <= 0)
			fail_msg("a log keeps the test waiting");
		take_logs(stage);
		stage_draw(stage);
	}
}

void stage_init(struct stage *stage, const struct stage_options *options)
{
	struct utc noon = {.year = 2026, .month = 11, .day = 21, .hour = 4, .minute = 12};
	struct app_host host = {.want = on_want,
				.refresh = on_refresh,
				.acknowledge = on_acknowledge,
				.go = on_go,
				.step = on_step,
				.copy = on_copy,
				.set_theme = on_theme,
				.set_keymap = on_theme,
				.set_mouse = on_mouse,
				.suspend = on_suspend,
				.redraw = on_redraw,
				.first = on_first,
				.demo = on_demo,
				.log = on_log,
				.plan = on_plan,
				.change = on_change,
				.keep = on_keep,
				.follow = on_follow,
				.unfollow = on_unfollow,
				.ctx = stage};
	struct strbuf text;
	struct err err = {0};

	*stage = (struct stage){.went_ms = -1};
	clock_init_manual(&stage->clock, utc_to_ms(&noon));
	strbuf_init(&stage->wanted, 4096);
	strbuf_init(&stage->refreshed, 4096);
	strbuf_init(&stage->acknowledged, 4096);
	strbuf_init(&stage->copied, 1 << 20);
	strbuf_init(&stage->kept, 1000);
	strbuf_init(&stage->changed, 10000);
	strbuf_init(&stage->followed, 4096);
	strbuf_init(&stage->theme, 100);
	strbuf_init(&text, 1 << 20);
	read_source("keys.json", &text);
	stage->keymap = keymap_parse(strbuf_str(&text), "test", "keys.json", &err);
	if (!stage->keymap)
		fail_msg("%s", err.text);
	strbuf_reset(&text);
	read_source("estate.json", &text);
	stage->estate = json_parse(strbuf_str(&text), &json_file, NULL, &err);
	if (!stage->estate)
		fail_msg("%s", err.text);
	strbuf_fini(&text);
	stage->grid = grid_new(options->w, options->h);
	stage->app = app_new(&(struct app_options){.clock = &stage->clock,
						   .keymap = stage->keymap,
						   .theme_name = "dark",
						   .is_ascii = options->is_ascii,
						   .is_demo = !options->is_first,
						   .is_read_only = options->is_read_only,
						   .has_mouse = true,
						   .is_pager = options->log},
			     &host);
	if (options->log)
		begin_log(stage, options->log);
	if (options->is_first)
		app_begin_first(stage->app, "/srv/me/.config/azdeck/config.json");
}

void stage_add(struct stage *stage, const char *file)
{
	struct strbuf text;
	struct err err = {0};
	cJSON *all, *one;

	strbuf_init(&text, 1 << 20);
	read_source(file, &text);
	all = json_parse(strbuf_str(&text), &json_wire, NULL, &err);
	if (!all)
		fail_msg("%s", err.text);
	while ((one = all->child)) {
		cJSON_DetachItemViaPointer(all, one);
		cJSON_DeleteItemFromObject(stage->estate, one->string);
		cJSON_AddItemToObject(stage->estate, one->string, one);
	}
	cJSON_Delete(all);
	strbuf_fini(&text);
}

bool stage_has(const struct stage *stage, const char *board)
{
	return json_member(stage->estate, board) != NULL;
}

void stage_resize(struct stage *stage, int w, int h)
{
	grid_resize(stage->grid, w, h);
	app_event(stage->app, &(struct event){.kind = EVENT_RESIZE, .w = w, .h = h});
}

void stage_fini(struct stage *stage)
{
	app_free(stage->app);
	log_thread_stop(stage->logs);
	if (stage->news.read_fd > 0)
		wake_fd_fini(&stage->news);
	first_order_free(stage->order);
	grid_free(stage->grid);
	keymap_free(stage->keymap);
	cJSON_Delete(stage->estate);
	for (size_t i = 0; i < stage->n_defs; i++) {
		board_def_put(stage->defs[i].def);
		free(stage->defs[i].name);
	}
	strbuf_fini(&stage->wanted);
	strbuf_fini(&stage->refreshed);
	strbuf_fini(&stage->acknowledged);
	strbuf_fini(&stage->copied);
	strbuf_fini(&stage->kept);
	strbuf_fini(&stage->changed);
	strbuf_fini(&stage->followed);
	strbuf_fini(&stage->theme);
}

static size_t find_def(struct stage *stage, const char *name)
{
	struct strbuf text;
	struct err err = {0};
	size_t i = 0;

	while (i < stage->n_defs && strcmp(stage->defs[i].name, name) != 0)
		i++;
	if (i < stage->n_defs)
		return i;
	strbuf_init(&text, 1 << 20);
	json_print(&text, json_member(json_member(stage->estate, name), "def"));
	stage->defs[i].name = xstrdup(name);
	stage->defs[i].def = board_def_parse(strbuf_str(&text), name, name, &err);
	if (!stage->defs[i].def)
		fail_msg("%s", err.text);
	strbuf_fini(&text);
	stage->n_defs++;
	return i;
}

/* What a poller would have kept: a wave that ends in the value. */
static void add_history(struct board *board)
{
	for (size_t r = 0; r < board->n_rows; r++) {
		for (size_t c = 0; c < board->def->n_columns; c++) {
			struct cell *cell = &board->rows[r].cells[c];
			float *series;

			if (!board->def->columns[c].has_history || cell->is_null)
				continue;
			series = arena_alloc(&board->arena, HISTORY * sizeof(*series));
			for (int i = 0; i < HISTORY; i++)
				series[i] =
					(float)(cell->number *
						(1 - 0.4 * fabs(sin((HISTORY - 1 - i) /
								    6.0))));
			cell->series = series;
			cell->series_n = HISTORY;
		}
	}
}

static struct board *decode(struct stage *stage, const char *name, const cJSON *rows)
{
	size_t i = find_def(stage, name);
	cJSON *answers = cJSON_CreateObject(),
	      *answer = cJSON_AddObjectToObject(answers, "r");
	struct board *board = NULL;
	struct err err = {0};

	cJSON_AddItemToObject(answer, "value", cJSON_Duplicate(rows, true));
	if (!board_decode(stage->defs[i].def, answers, clock_wall_ms(&stage->clock),
			  &board, &err))
		fail_msg("%s", err.text);
	cJSON_Delete(answers);
	add_history(board);
	board->version = ++stage->defs[i].version;
	board->fetched_ms = board->asked_ms = clock_wall_ms(&stage->clock);
	board->is_loading = false;
	return board;
}

struct board *stage_board(struct stage *stage, const char *name)
{
	return decode(stage, name, json_member(json_member(stage->estate, name), "rows"));
}

struct board *stage_rows(struct stage *stage, const char *name, const char *rows)
{
	cJSON *json = cJSON_Parse(rows);
	struct board *board = decode(stage, name, json);

	cJSON_Delete(json);
	return board;
}

void stage_give_all(struct stage *stage, int64_t age_ms)
{
	const cJSON *item;

	cJSON_ArrayForEach (item, stage->estate) {
		struct board *board = stage_board(stage, item->string);

		board->fetched_ms -= age_ms;
		app_give_board(stage->app, board);
	}
}

static void press(struct stage *stage, struct key key)
{
	app_event(stage->app, &(struct event){.kind = EVENT_KEY, .key = key});
}

void stage_keys(struct stage *stage, const char *keys)
{
	struct str rest = str_from(keys), word;

	while (str_next(&rest, ' ', &word)) {
		struct key key;

		if (word.n > 1 && word.p[0] == '\'') {
			for (size_t i = 1; i + 1 < word.n; i++)
				press(stage, (struct key){.code = (uint32_t)word.p[i]});
			continue;
		}
		if (!key_parse(word, &key))
			fail_msg("no key '%.*s'", STR_ARG(word));
		press(stage, key);
	}
}

void stage_click(struct stage *stage, int x, int y, bool is_double)
{
	app_event(stage->app, &(struct event){.kind = EVENT_MOUSE,
					      .button = MOUSE_LEFT,
					      .is_press = true,
					      .is_double = is_double,
					      .x = x,
					      .y = y});
}

void stage_wheel(struct stage *stage, int x, int y, bool is_up)
{
	app_event(stage->app,
		  &(struct event){.kind = EVENT_MOUSE,
				  .button = is_up ? MOUSE_WHEEL_UP : MOUSE_WHEEL_DOWN,
				  .is_press = true,
				  .x = x,
				  .y = y});
}

void stage_draw(struct stage *stage)
{
	app_draw(stage->app, stage->grid);
}

const char *stage_line(struct stage *stage, int y)
{
	static char line[4096];
	struct strbuf all;
	struct str rest, part = {0};

	strbuf_init(&all, 1 << 20);
	grid_dump_text(stage->grid, &all);
	rest = strbuf_str(&all);
	for (int i = 0; i <= y; i++)
		str_next(&rest, '\n', &part);
	while (part.n > 0 && part.p[part.n - 1] == ' ')
		part.n--;
	snprintf(line, sizeof(line), "%.*s", STR_ARG(part));
	strbuf_fini(&all);
	return line;
}

bool stage_shows(struct stage *stage, const char *text)
{
	struct strbuf all;
	bool is_there;

	stage_draw(stage);
	strbuf_init(&all, 1 << 20);
	grid_dump_text(stage->grid, &all);
	is_there = strstr(all.p, text) != NULL;
	strbuf_fini(&all);
	return is_there;
}

static void write_golden(const char *path, const struct strbuf *now)
{
	FILE *file = fopen(path, "w");

	if (!file)
		fail_msg("cannot write %s", path);
	fwrite(now->p, 1, now->n, file);
	fclose(file);
}

/* The first line that differs, for a person to look at. */
static void report(const char *name, struct str want, struct str have)
{
	struct str a, b;
	int line = 1;

	while (str_next(&want, '\n', &a) && str_next(&have, '\n', &b) && str_eq(a, b))
		line++;
	fail_msg("%s.golden differs at line %d:\n  want |%.*s|\n  have |%.*s|", name,
		 line, STR_ARG(a), STR_ARG(b));
}

void stage_dump(struct stage *stage, struct strbuf *out)
{
	stage_draw(stage);
	grid_dump_text(stage->grid, out);
	strbuf_puts(out, "--\n");
	grid_dump_roles(stage->grid, out);
}

void golden_check(const char *name, const struct strbuf *now)
{
	struct strbuf want, file;

	strbuf_init(&want, 1 << 20);
	strbuf_init(&file, 4096);
	if (getenv("AZ_UPDATE_GOLDENS")) {
		strbuf_printf(&file, "%s/tests/screen/%s.golden", getenv("AZ_SRCDIR"),
			      name);
		write_golden(file.p, now);
	} else {
		strbuf_printf(&file, "%s.golden", name);
		read_source(file.p, &want);
		if (!str_eq(strbuf_str(now), strbuf_str(&want)))
			report(name, strbuf_str(&want), strbuf_str(now));
	}
	strbuf_fini(&want);
	strbuf_fini(&file);
}

void stage_golden(struct stage *stage, const char *name)
{
	struct strbuf now;

	strbuf_init(&now, 1 << 20);
	stage_dump(stage, &now);
	golden_check(name, &now);
	strbuf_fini(&now);
}
