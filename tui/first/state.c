/* See state.h. */
#include "tui/first/state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/xalloc.h"
#include "config/draft.h"

static const struct first_cloud clouds[] = {
	{"public", "Azure, for everyone"},
	{"usgovernment", "Azure US Government"},
	{"china", "Azure China, by 21Vianet"},
	{FIRST_SIM, "the simulator that AZDECK_SIM names"},
};

const struct first_cloud *first_cloud_at(size_t i)
{
	return i < COUNT(clouds) - (first_sim_url() ? 0 : 1) ? &clouds[i] : NULL;
}

static void table_fini(struct first_table *t)
{
	for (size_t i = 0; i < t->news.n; i++)
		first_news_free(t->news.p[i]);
	vec_fini(&t->news);
	vec_fini(&t->rows);
	*t = (struct first_table){0};
}

static void drop_lists(struct first_state *s)
{
	for (size_t i = 0; i < FIRST_LISTS; i++)
		table_fini(&s->lists[i]);
}

struct first_state *first_state_new(const char *path, first_send_fn send, void *ctx)
{
	struct first_state *s = xcalloc(1, sizeof(*s));

	s->path = path;
	s->send = send;
	s->send_ctx = ctx;
	s->cloud = first_sim_url() ? FIRST_SIM : clouds[0].name;
	err_clear(&s->err);
	err_clear(&s->write_err);
	strbuf_init(&s->text, DRAFT_MAX_BYTES);
	return s;
}

void first_state_free(struct first_state *s)
{
	if (!s)
		return;
	drop_lists(s);
	strbuf_fini(&s->text);
	arena_fini(&s->arena);
	free(s);
}

void first_state_sign_in(struct first_state *s)
{
	struct first_order *order = first_order_new(FIRST_SIGN_IN, ++s->run);

	drop_lists(s);
	err_clear(&s->err);
	s->sign = FIRST_SIGN_ASKS;
	s->code = (struct sign_in){0};
	order->cloud = s->cloud;
	if (s->tenant[0])
		order->tenant = arena_strdup(&order->arena, str_from(s->tenant));
	for (int list = 0; list < FIRST_PROJECTS; list++)
		s->lists[list].n_awaited = 1;
	s->send(s->send_ctx, order);
}

void first_state_stop(struct first_state *s)
{
	if (s->sign == FIRST_SIGN_NOT)
		return;
	s->sign = FIRST_SIGN_NOT;
	drop_lists(s);
	s->send(s->send_ctx, first_order_new(FIRST_STOP, ++s->run));
}

void first_state_code(struct first_state *s, const struct sign_in *code)
{
	if (s->sign != FIRST_SIGN_ASKS && s->sign != FIRST_SIGN_WAITS)
		return;
	s->code = *code;
	if (code->code[0])
		s->sign = FIRST_SIGN_WAITS;
}

/* What is off is not marked by itself. */
static void take_list(struct first_state *s, struct first_news *news)
{
	struct first_table *t = &s->lists[news->list];

	if (t->n_awaited > 0)
		t->n_awaited--;
	if (news->err.code != ERR_NONE)
		t->err = news->err;
	for (size_t i = 0; i < news->n_items; i++)
		vec_push(&t->rows, (struct first_row){.item = &news->items[i],
						      .is_marked = !news->items[i].note});
	vec_push(&t->news, news);
}

static void take_location(struct first_state *s, struct first_news *news)
{
	struct first_table *t = &s->lists[FIRST_CLUSTERS];
	struct first_row *row;

	vec_each (row, &t->rows) {
		if (strcmp(row->item->id, news->about) != 0)
			continue;
		row->is_located = true;
		row->address = news->address;
		row->ca = news->ca;
		if (news->err.code != ERR_NONE) {
			row->address = NULL;
			snprintf(row->problem, sizeof(row->problem), "%.190s",
				 news->err.text);
		}
	}
	vec_push(&t->news, news);
}

void first_state_take(struct first_state *s, struct first_news *news)
{
	bool is_stale = news->run != s->run && news->kind != FIRST_WRITTEN;

	if (!is_stale && news->kind == FIRST_LISTED) {
		take_list(s, news);
		return;
	}
	if (!is_stale && news->kind == FIRST_LOCATED) {
		take_location(s, news);
		return;
	}
	if (news->kind == FIRST_WRITTEN) {
		s->is_writing = false;
		s->write_err = news->err;
	} else if (!is_stale) {
		s->err = news->err;
		s->sign =
			news->err.code == ERR_NONE ? FIRST_SIGN_DONE : FIRST_SIGN_FAILED;
	}
	first_news_free(news);
}

/* Unknown ones may be. */
static bool is_subscription_marked(const struct first_state *s, const char *id)
{
	const struct first_table *t = &s->lists[FIRST_SUBSCRIPTIONS];
	const struct first_row *row;

	vec_each (row, &t->rows) {
		if (id && strcmp(row->item->id, id) == 0)
			return row->is_marked;
	}
	return true;
}

bool first_is_offered(const struct first_state *s, enum first_list list, size_t i)
{
	return list != FIRST_CLUSTERS ||
	       is_subscription_marked(s, s->lists[list].rows.p[i].item->parent);
}

size_t first_count_marked(const struct first_state *s, enum first_list list,
			  size_t *n_offered)
{
	const struct first_table *t = &s->lists[list];
	size_t n = 0;

	*n_offered = 0;
	for (size_t i = 0; i < t->rows.n; i++) {
		if (!first_is_offered(s, list, i))
			continue;
		++*n_offered;
		n += t->rows.p[i].is_marked;
	}
	return n;
}

/* Asks about every marked row once; how many that were. */
static size_t ask_rows(struct first_state *s, enum first_list list,
		       enum first_order_kind kind)
{
	struct first_order *order = first_order_new(kind, s->run);
	struct first_table *t = &s->lists[list];
	size_t n;

	order->names = arena_calloc(&order->arena, t->rows.n + 1, sizeof(*order->names));
	for (size_t i = 0; i < t->rows.n; i++) {
		struct first_row *row = &t->rows.p[i];

		if (!row->is_marked || row->is_asked || !first_is_offered(s, list, i))
			continue;
		row->is_asked = true;
		order->names[order->n_names++] =
			arena_strdup(&order->arena, str_from(row->item->id));
	}
	n = order->n_names;
	if (n > 0)
		s->send(s->send_ctx, order);
	else
		first_order_free(order);
	return n;
}

void first_state_leave(struct first_state *s, enum first_list list)
{
	if (list == FIRST_CLUSTERS)
		ask_rows(s, list, FIRST_LOCATE);
	if (list == FIRST_ORGANIZATIONS)
		s->lists[FIRST_PROJECTS].n_awaited +=
			ask_rows(s, list, FIRST_ASK_PROJECTS);
}

size_t first_state_awaits(const struct first_state *s)
{
	const struct first_table *t = &s->lists[FIRST_CLUSTERS];
	const struct first_row *row;
	size_t n = 0;

	if (s->is_sample)
		return 0;
	vec_each (row, &t->rows)
		n += row->is_marked && row->is_asked && !row->is_located;
	return n;
}

static struct first_file *add_file(struct first_state *s, const struct first_row *row)
{
	struct first_file *file = &s->files[s->n_files];
	struct strbuf name;
	size_t plain;

	strbuf_init(&name, 200);
	strbuf_puts(&name, "clusters/");
	draft_put_file_name(&name, row->item->name);
	plain = name.n;
	strbuf_puts(&name, ".pem");
	for (size_t i = 0, n = 2; i < s->n_files; i++) {
		if (strcmp(s->files[i].name, name.p) != 0)
			continue;
		strbuf_cut(&name, plain);
		strbuf_printf(&name, "-%zu.pem", n++);
		i = (size_t)-1; /* from the start again */
	}
	file->name = arena_strdup(&s->arena, strbuf_str(&name));
	file->text = arena_str(&s->arena, str_from(row->ca));
	s->n_files++;
	strbuf_fini(&name);
	return file;
}

static void add_subscriptions(struct first_state *s, struct draft *d)
{
	const struct first_table *t = &s->lists[FIRST_SUBSCRIPTIONS];
	struct draft_subscription *out =
		arena_calloc(&s->arena, t->rows.n + 1, sizeof(*out));
	const struct first_row *row;

	d->has_all_subscriptions = true;
	vec_each (row, &t->rows) {
		if (!row->is_marked && !row->item->note)
			d->has_all_subscriptions = false;
		if (row->is_marked)
			out[d->n_subscriptions++] =
				(struct draft_subscription){row->item->id,
							    row->item->name};
	}
	d->subscriptions = out;
}

static void add_clusters(struct first_state *s, struct draft *d)
{
	const struct first_table *t = &s->lists[FIRST_CLUSTERS];
	struct draft_cluster *out = arena_calloc(&s->arena, t->rows.n + 1, sizeof(*out));

	s->files = arena_calloc(&s->arena, t->rows.n + 1, sizeof(*s->files));
	for (size_t i = 0; i < t->rows.n; i++) {
		const struct first_row *row = &t->rows.p[i];

		if (!row->is_marked || !first_is_offered(s, FIRST_CLUSTERS, i))
			continue;
		out[d->n_clusters++] = (struct draft_cluster){
			.name = row->item->name,
			.group = row->item->group,
			.base = row->address,
			.ca = row->address && row->ca ? add_file(s, row)->name : NULL,
			.problem = row->problem,
		};
	}
	d->clusters = out;
}

/* None marked means all of them, as all do. */
static void add_projects(struct first_state *s, struct draft_organization *out)
{
	const struct first_table *t = &s->lists[FIRST_PROJECTS];
	const char **names = arena_calloc(&s->arena, t->rows.n + 1, sizeof(*names));
	size_t n_all = 0;
	const struct first_row *row;

	out->projects = names;
	vec_each (row, &t->rows) {
		if (!row->item->parent || strcmp(row->item->parent, out->name) != 0)
			continue;
		n_all++;
		if (row->is_marked)
			names[out->n_projects++] = row->item->name;
	}
	if (out->n_projects == n_all)
		out->n_projects = 0;
}

static void add_organizations(struct first_state *s, const struct first_hosts *hosts,
			      struct draft *d)
{
	const struct first_table *t = &s->lists[FIRST_ORGANIZATIONS];
	struct draft_organization *out =
		arena_calloc(&s->arena, t->rows.n + 1, sizeof(*out));
	const struct first_row *row;
	struct strbuf base;

	vec_each (row, &t->rows) {
		if (!row->is_marked)
			continue;
		out[d->n_organizations] =
			(struct draft_organization){.name = row->item->name};
		strbuf_init(&base, 1000);
		strbuf_printf(&base, "%s/%s", hosts->devops, row->item->name);
		if (hosts->is_sim)
			out[d->n_organizations].base =
				arena_strdup(&s->arena, strbuf_str(&base));
		strbuf_fini(&base);
		add_projects(s, &out[d->n_organizations++]);
	}
	d->organizations = out;
}

void first_state_compose(struct first_state *s)
{
	struct draft d = {0};
	struct first_hosts hosts;

	strbuf_reset(&s->text);
	arena_reset(&s->arena);
	s->files = NULL;
	s->n_files = 0;
	err_clear(&s->write_err);
	if (s->is_sample || !first_hosts_find(&hosts, s->cloud)) {
		draft_put_sample(&s->text);
		return;
	}
	d.cloud = hosts.cloud;
	d.tenant = s->tenant[0] ? s->tenant : NULL;
	if (hosts.is_sim) {
		d.authority = hosts.login;
		d.arm = hosts.arm;
	}
	add_subscriptions(s, &d);
	add_clusters(s, &d);
	add_organizations(s, &hosts, &d);
	draft_put(&s->text, &d);
}

void first_state_write(struct first_state *s)
{
	struct first_order *order;

	if (s->is_writing)
		return;
	order = first_order_new(FIRST_WRITE, s->run);
	order->text = arena_str(&order->arena, strbuf_str(&s->text));
	order->files = arena_calloc(&order->arena, s->n_files + 1, sizeof(*order->files));
	for (size_t i = 0; i < s->n_files; i++)
		order->files[i] =
			(struct first_file){arena_strdup(&order->arena,
							 str_from(s->files[i].name)),
					    arena_str(&order->arena, s->files[i].text)};
	order->n_files = s->n_files;
	s->is_writing = true;
	err_clear(&s->write_err);
	s->send(s->send_ctx, order);
}
