/* See resource.h. The words of a body:
 *
 *	@id(TYPE PATH)        the id of a resource in the same group
 *	@id(GROUP TYPE PATH)  ... in another one
 *	@ago(3d) @in(9d)      a moment so far from the beginning of today
 *	@guid(TEXT)           an id that is always the same
 *	@sub() @tenant()      their ids
 *	@nodes(CLUSTER POOL)  how many nodes the pool has
 *	@ips(4 9)             so many ipConfigurations, by the time of day
 *
 * Thread: core. */
#include "sim/resource.h"

#include <math.h>
#include <stdio.h>

#include "base/count.h"
#include "base/timefmt.h"
#include "base/xalloc.h"
#include "sim/k8s/aks.h"
#include "sim/rhythm.h"

struct filling {
	struct strbuf *out;
	const struct world *w;
	const struct resource *r;
};

static void put_id(struct strbuf *out, const struct group *group, struct str types,
		   struct str names)
{
	struct str type, name;

	estate_put_group_id(out, group);
	str_next(&types, '/', &type);
	strbuf_printf(out, "/providers/%.*s", STR_ARG(type));
	while (str_next(&types, '/', &type) && str_next(&names, '/', &name))
		strbuf_printf(out, "/%.*s/%.*s", STR_ARG(type), STR_ARG(name));
}

static void fill_id(struct filling *f, struct str args)
{
	const struct group *group = f->r->group;
	struct str first, type, path;
	char name[128];

	str_next(&args, ' ', &first);
	str_next(&args, ' ', &type);
	if (args.p) {
		snprintf(name, sizeof(name), "%.*s", STR_ARG(first));
		group = estate_group(name);
		path = args;
	} else {
		path = type;
		type = first;
	}
	put_id(f->out, group, type, path);
}

static void put_day(struct filling *f, struct str args, int sign)
{
	int64_t today_ms = f->w->now_ms - f->w->now_ms % DAY_MS, days = 0;

	if (!str_ends(args, STR("d")) || !str_to_i64(str_sub(args, 0, args.n - 1), &days))
		fatal("simulator: a body has a time that is none");
	/* A time of day of its own, so that not everything happened at once. */
	today_ms += (int64_t)(str_hash(f->r->id) % 1440) * MINUTE_MS;
	time_format_iso(f->out, today_ms + sign * days * DAY_MS, true);
}

static void fill_ago(struct filling *f, struct str args)
{
	put_day(f, args, -1);
}

static void fill_in(struct filling *f, struct str args)
{
	put_day(f, args, 1);
}

static void fill_guid(struct filling *f, struct str args)
{
	char name[128];

	snprintf(name, sizeof(name), "%.*s", STR_ARG(args));
	strbuf_puts(f->out, guid_of(f->w->seed, name, 0).text);
}

static void fill_sub(struct filling *f, struct str args)
{
	(void)args;
	strbuf_puts(f->out, estate_sub_id(f->r->group));
}

static void fill_tenant(struct filling *f, struct str args)
{
	(void)args;
	strbuf_puts(f->out, ESTATE_TENANT);
}

static void fill_ips(struct filling *f, struct str args)
{
	int64_t low = 0, high = 0, n;
	struct str first;

	str_next(&args, ' ', &first);
	if (!str_to_i64(first, &low) || !str_to_i64(args, &high))
		fatal("simulator: a body has addresses without their counts");
	n = low + (int64_t)round(rhythm_load(f->w->now_ms) * (double)(high - low));
	for (int64_t i = 0; i < n; i++) {
		strbuf_puts(f->out, i ? ",{\"id\":\"" : "{\"id\":\"");
		estate_put_group_id(f->out, f->r->group);
		strbuf_printf(f->out,
			      "/providers/Microsoft.Network/networkInterfaces/"
			      "nic-%03d/ipConfigurations/ipconfig1\"}",
			      (int)i);
	}
}

static void fill_nodes(struct filling *f, struct str args)
{
	struct str cluster;

	str_next(&args, ' ', &cluster);
	strbuf_printf(f->out, "%d", aks_nodes(f->w, cluster, args));
}

static const struct word {
	const char *name;
	void (*fill)(struct filling *f, struct str args);
} words[] = {
	{"@id(", fill_id},     {"@ago(", fill_ago},	{"@in(", fill_in},
	{"@guid(", fill_guid}, {"@sub(", fill_sub},	{"@tenant(", fill_tenant},
	{"@ips(", fill_ips},   {"@nodes(", fill_nodes},
};

/* Fills in the word at the beginning, if there is one; what it took of the text. */
static size_t fill_word(struct filling *f, struct str rest)
{
	for (size_t i = 0; i < COUNT(words); i++) {
		struct str name = str_from(words[i].name);
		ptrdiff_t end = str_find_char(rest, ')');

		if (!str_starts(rest, name) || end < 0)
			continue;
		words[i].fill(f, str_sub(rest, name.n, (size_t)end - name.n));
		return (size_t)end + 1;
	}
	return 0;
}

void resource_fill(struct strbuf *out, const struct world *w, const struct resource *r,
		   const char *body)
{
	struct filling f = {.out = out, .w = w, .r = r};
	struct str rest = str_from(body);

	while (rest.n) {
		size_t used = rest.p[0] == '@' ? fill_word(&f, rest) : 0;

		if (!used)
			strbuf_putc(out, rest.p[0]);
		rest = str_sub(rest, used ? used : 1, rest.n);
	}
}

static void put_body(const struct world *w, const struct resource *r, struct strbuf *out)
{
	const struct resource_row *row = r->what;

	resource_fill(out, w, r, row->body);
}

static const char *leaf(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

void resource_contribute(struct inventory *inv)
{
	for (const struct resource_row *row = resource_rows; row->group; row++)
		inventory_add(inv, row->group,
			      &(struct resource){.name = leaf(row->path),
						 .path = row->path,
						 .type = row->type,
						 .location = row->location,
						 .kind = row->kind,
						 .sku = row->sku,
						 .hours = row->hours,
						 .put = put_body,
						 .what = row});
}

const struct resource_row *resource_find(const struct group *group, const char *type,
					 struct str name)
{
	for (const struct resource_row *row = resource_rows; row->group; row++)
		if (strcmp(row->group, group->name) == 0 &&
		    str_eq_nocase(str_from(row->type), str_from(type)) &&
		    str_eq_nocase(str_from(leaf(row->path)), name))
			return row;
	return NULL;
}
