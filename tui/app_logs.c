/* The deck's logs: what is told of one goes to it, and to the screens that show it; how
 * screens of logs are opened. Thread: ui. */
#include <stdlib.h>

#include "base/count.h"
#include "base/xalloc.h"
#include "tui/app_part.h"
#include "tui/commands.h"
#include "tui/logs/log_client.h"
#include "tui/logs/log_screen.h"
#include "tui/logs/log_sources.h"

static void tell_screens(struct app *app, const struct log_client *client)
{
	for (size_t i = 0; i < app->n_screens; i++) {
		struct screen *screen = app->screens[i];

		if (screen->ops->logs)
			screen->ops->logs(screen, app, client);
	}
}

void app_give_log(struct app *app, struct log_news *news)
{
	for (size_t i = 0; i < app->logs.n; i++) {
		struct log_client *client = app->logs.p[i];

		if (client->log != news->log)
			continue;
		log_client_take(client, news);
		tell_screens(app, client);
		return;
	}
	log_news_free(news);
}

void app_give_stream(struct app *app, uint64_t id, const struct live_status *status,
		     struct ring *ring)
{
	for (size_t i = 0; i < app->logs.n; i++)
		log_client_take_stream(app->logs.p[i], id, status, ring);
}

void app_reopen_logs(struct app *app)
{
	for (size_t i = 0; i < app->logs.n; i++)
		log_client_reopen(app->logs.p[i]);
}

bool app_waits_for_log(const struct app *app)
{
	const struct log_client *client = app->logs.n ? app->logs.p[0] : NULL;

	return client && !client->page && client->state.err.code == ERR_NONE;
}

void app_set_log_sources(struct app *app, const struct config_log_source *list, size_t n)
{
	app->log_sources = list;
	app->n_log_sources = n;
}

bool app_is_pager(const struct app *app)
{
	return app->options.is_pager;
}

void app_begin_pager(struct app *app, const struct app_pager *pager)
{
	struct log_client **clients =
		xcalloc(pager->n_files, sizeof(struct log_client *));
	struct screen *screen;

	for (size_t i = 0; i < pager->n_files; i++) {
		bool is_input = strcmp(pager->files[i], "-") == 0;

		clients[i] = log_client_new_file(app, pager->files[i],
						 is_input ? pager->input_fd : -1);
	}
	screen = log_screen_new(clients, pager->n_files);
	app_push(app, screen);
	log_screen_begin(screen, app,
			 &(struct log_screen_start){.wanted = pager->wanted});
	free(clients);
}

/* Only the lines that are wanted; NULL: all. At a moment; 0: at the end. */
static void open_logs(struct app *app, const char *source, const struct wanted *wanted,
		      int64_t at_ms)
{
	struct log_client *client = log_client_new_live(app, source);
	struct screen *screen = log_screen_new(&client, 1);

	app_push(app, screen);
	log_screen_begin(screen, app,
			 &(struct log_screen_start){.wanted = wanted, .at_ms = at_ms});
}

void app_open_logs(struct app *app, const char *source)
{
	open_logs(app, source, NULL, 0);
}

#define LINES_OF_CONTAINER                                                               \
	"kql:ContainerLogV2 | where PodNamespace == '{namespace}' and ContainerName == " \
	"'{container}'@{connection}"

/* What says where the logs of a row are: the columns of its board that stand between
 * braces; which of their lines: those like the pattern in a column; and the moment. */
static const struct {
	const char *board, *source, *like, *at;
} sources[] = {
	{"k8s-deployments", "pods:{namespace}/{name}@{cluster}", NULL, NULL},
	{"k8s-pods", "pods:{namespace}/{pod}@{cluster}", NULL, NULL},
	{"k8s-statefulsets", "pods:{namespace}/{name}@{cluster}", NULL, NULL},
	{"log-lines", LINES_OF_CONTAINER, NULL, "at"},
	{"log-patterns", LINES_OF_CONTAINER, "like", NULL},
	{"log-storms", LINES_OF_CONTAINER, NULL, NULL},
};

static struct str column_of(const struct board *board, const struct row *row,
			    struct str name)
{
	ptrdiff_t at = board_def_column(board->def, name);

	return at < 0 ? STR("") : str_from(row->cells[at].text);
}

/* Within quotes of a query it must not end them. */
static void put_column(struct strbuf *out, struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '\'' || text.p[i] == '\\')
			strbuf_putc(out, '\\');
		strbuf_putc(out, text.p[i]);
	}
}

static void put_source(struct strbuf *out, const char *form, const struct board *board,
		       const struct row *row)
{
	struct str rest = str_from(form), part;

	while (str_next(&rest, '{', &part)) {
		strbuf_put(out, part);
		if (!rest.p || !str_next(&rest, '}', &part))
			return;
		put_column(out, column_of(board, row, part));
	}
}

/* A pattern that cannot be a filter leaves all lines to be seen. */
static void want_like(struct wanted *wanted, struct str pattern)
{
	struct strbuf filter;
	struct err ignored;

	strbuf_init(&filter, 4096);
	cluster_put_filter(&filter, pattern);
	if (pattern.n > 0 && !wanted_add(wanted, strbuf_str(&filter), false, &ignored))
		wanted_fini(wanted);
	strbuf_fini(&filter);
}

static int64_t moment_of(const struct board *board, const struct row *row,
			 const char *name)
{
	ptrdiff_t at = name ? board_def_column(board->def, str_from(name)) : -1;

	return at < 0 || row->cells[at].is_null ? 0 : (int64_t)row->cells[at].number;
}

bool app_open_logs_of(struct app *app, const struct board *board, const struct row *row)
{
	struct wanted wanted = {0};
	struct strbuf source;

	for (size_t i = 0; i < COUNT(sources); i++) {
		if (strcmp(board->def->name, sources[i].board) != 0)
			continue;
		strbuf_init(&source, 600);
		put_source(&source, sources[i].source, board, row);
		if (sources[i].like)
			want_like(&wanted,
				  column_of(board, row, str_from(sources[i].like)));
		open_logs(app, source.p, &wanted, moment_of(board, row, sources[i].at));
		wanted_fini(&wanted);
		strbuf_fini(&source);
		return true;
	}
	return false;
}

void command_logs(struct app *app, struct str arg)
{
	const struct screen *top = app_top(app);
	const struct board *board;
	const struct row *row;
	char *source;

	if (arg.n > 0) {
		source = xstrndup(arg.p, arg.n);
		app_open_logs(app, source);
		free(source);
	} else if (!top->ops->selected ||
		   !top->ops->selected(app_top(app), app, &board, &row) ||
		   !app_open_logs_of(app, board, row)) {
		app_toast(app, true, "no logs are known of this row; try logs SOURCE");
	}
}

void command_log_sources(struct app *app, struct str arg)
{
	(void)arg;
	app_pop_to_bottom(app);
	app_push(app, log_sources_new(app));
}
