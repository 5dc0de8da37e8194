/* A board's definition, put together from its JSON file. Strict: an unknown key
 * is an error, because in a file a person writes it is a typing mistake.
 * Thread: any; what comes out is immutable. */
#include "board/def.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/xalloc.h"
#include "board/def_part.h"

enum { MAX_ITEMS = 64, MIN_STALE_MS = 60 * 1000 };

static const char root_keys[] =
	"title category about states requests tables rows where key "
	"columns severity repeats records sort links opens stale_after";

ptrdiff_t board_def_column(const struct board_def *def, struct str name)
{
	for (size_t i = 0; i < def->n_columns; i++)
		if (str_is(name, def->columns[i].name))
			return (ptrdiff_t)i;
	return -1;
}

ptrdiff_t board_def_request(const struct board_def *def, struct str name)
{
	for (size_t i = 0; i < def->n_requests; i++)
		if (str_is(name, def->requests[i].name))
			return (ptrdiff_t)i;
	return -1;
}

const struct state_about *board_def_state(const struct board_def *def, struct str word)
{
	for (size_t i = 0; i < def->n_states; i++)
		if (str_eq_nocase(str_from(def->states[i].word), word))
			return &def->states[i];
	return NULL;
}

/* Room for the children of a member, with a ceiling. */
static void *new_items(struct def_reader *r, const cJSON *from, size_t size)
{
	size_t n = (size_t)cJSON_GetArraySize(from);

	if (n > MAX_ITEMS)
		def_fail(r, NULL, "more than %d items", MAX_ITEMS);
	return arena_calloc(r->arena, n + 1, size);
}

static void read_states(struct def_reader *r, const cJSON *root, struct board_def *def)
{
	const cJSON *map = def_object(r, root, "states", DEF_OPTIONAL), *at;
	struct state_about *states;
	size_t mark;

	if (!map)
		return;
	mark = def_enter(r, "states");
	def->states = states = new_items(r, map, sizeof(*states));
	cJSON_ArrayForEach (at, map) {
		const cJSON *state = def_object(r, map, at->string, DEF_REQUIRED);
		size_t inner = def_enter(r, at->string);

		if (!r->failed) {
			def_only(r, state, "means todo");
			states[def->n_states++] = (struct state_about){
				.word = arena_strdup(r->arena, str_from(at->string)),
				.means = def_text(r, state, "means", DEF_REQUIRED),
				.todo = def_text(r, state, "todo", DEF_OPTIONAL),
			};
		}
		def_leave(r, inner);
	}
	def_leave(r, mark);
}

static void read_tables(struct def_reader *r, const cJSON *root, struct board_def *def)
{
	const cJSON *map = def_object(r, root, "tables", DEF_OPTIONAL), *at;
	struct table_def *tables;
	size_t mark;

	if (!map)
		return;
	mark = def_enter(r, "tables");
	def->tables = tables = new_items(r, map, sizeof(*tables));
	cJSON_ArrayForEach (at, map) {
		const cJSON *table = def_object(r, map, at->string, DEF_REQUIRED);
		size_t inner = def_enter(r, at->string);

		if (!r->failed) {
			def_only(r, table, "rows key");
			tables[def->n_tables++] = (struct table_def){
				.name = arena_strdup(r->arena, str_from(at->string)),
				.rows = def_query(r, table, "rows", DEF_REQUIRED),
				.key = def_query(r, table, "key", DEF_REQUIRED),
			};
		}
		def_leave(r, inner);
	}
	def_leave(r, mark);
}

/* Needs the columns. */
static void read_links(struct def_reader *r, const cJSON *root, struct board_def *def)
{
	const cJSON *list = def_array(r, root, "links", DEF_OPTIONAL), *at;
	struct link_def *links;
	size_t mark;

	if (!list)
		return;
	mark = def_enter(r, "links");
	def->links = links = new_items(r, list, sizeof(*links));
	cJSON_ArrayForEach (at, list) {
		struct link_def *link = &links[def->n_links];
		size_t inner = def_enter_item(r, def->n_links);

		if (!cJSON_IsObject(at))
			def_fail(r, NULL, "must be an object {...}");
		def_only(r, at, "board filter title");
		link->board = def_text(r, at, "board", DEF_REQUIRED);
		link->title = def_text(r, at, "title", DEF_OPTIONAL);
		link->filter_query = def_query(r, at, "filter", DEF_OPTIONAL);
		if (link->filter_query)
			link->filter =
				arena_strdup(r->arena, query_source(link->filter_query));
		if (!link->title)
			link->title = link->board;
		def_leave(r, inner);
		if (r->failed)
			break;
		def->n_links++;
	}
	def_leave(r, mark);
}

static void read_sort(struct def_reader *r, const cJSON *root, struct board_def *def)
{
	struct str name;

	def->sort = def_text(r, root, "sort", DEF_OPTIONAL);
	if (!def->sort)
		return;
	name = str_from(def->sort + (def->sort[0] == '-'));
	if (!str_eq(name, STR("severity")) && board_def_column(def, name) < 0)
		def_fail(r, "sort", "no column is named %.*s", STR_ARG(name));
}

static bool reads(const struct query *query, struct str column)
{
	struct str text = query ? query_source(query) : STR("");

	/* '@' and '*' may reach any cell without naming it. */
	return query && (str_find(text, column) >= 0 || str_find_char(text, '@') >= 0 ||
			 str_find_char(text, '*') >= 0);
}

static bool rules_read(const struct sev_rule *rules, size_t n, struct str column)
{
	for (size_t i = 0; i < n; i++)
		if (reads(rules[i].when, column))
			return true;
	return false;
}

/* Which cells the decoder must lay out for rules: usually few. */
static void mark_read_columns(const struct board_def *def, struct column *columns)
{
	for (size_t i = 0; i < def->n_columns; i++) {
		struct str name = str_from(columns[i].name);

		columns[i].in_rules = rules_read(def->rules, def->n_rules, name);
		for (size_t k = 0; k < def->n_columns && !columns[i].in_rules; k++)
			columns[i].in_rules =
				rules_read(columns[k].rules, columns[k].n_rules, name);
	}
}

static int64_t default_stale_ms(const struct board_def *def)
{
	int64_t longest = MIN_STALE_MS;

	for (size_t i = 0; i < def->n_requests; i++)
		if (def->requests[i].interval_ms > longest)
			longest = def->requests[i].interval_ms;
	return 3 * longest;
}

static ptrdiff_t read_opens_column(struct def_reader *r, const cJSON *opens,
				   const struct board_def *def, const char *what)
{
	const char *name = def_text(r, opens, what, DEF_REQUIRED);
	ptrdiff_t column = name ? board_def_column(def, str_from(name)) : -1;

	if (name && column < 0)
		def_fail(r, what, "there is no such column");
	return column;
}

static void read_opens(struct def_reader *r, const cJSON *root, struct board_def *def)
{
	const cJSON *opens = def_object(r, root, "opens", DEF_OPTIONAL);
	size_t mark;

	def->opens_board = def->opens_key = -1;
	if (!opens || r->failed)
		return;
	mark = def_enter(r, "opens");
	def_only(r, opens, "board key");
	def->opens_board = read_opens_column(r, opens, def, "board");
	def->opens_key = read_opens_column(r, opens, def, "key");
	def_leave(r, mark);
}

static void read_records(struct def_reader *r, const cJSON *root, struct board_def *def)
{
	const char *name = def_text(r, root, "records", DEF_OPTIONAL);

	def->records = name ? board_def_column(def, str_from(name)) : -1;
	if (name && (def->records < 0 || (def->columns[def->records].type != CELL_TIME &&
					  def->columns[def->records].type != CELL_AGE)))
		def_fail(r, "records", "no column of type time or age is named %s", name);
}

/* What it reads is the rule's to say; see derive.h. */
static void read_derived(struct board_def *def)
{
	static const char prefix[] = "/derived/";

	for (size_t i = 0; i < def->n_requests; i++) {
		const struct request_def *request = &def->requests[i];

		if (request->kind == CONN_DECK &&
		    strncmp(request->path, prefix, sizeof(prefix) - 1) == 0)
			def->derived = request->path + sizeof(prefix) - 1;
	}
	def->is_own = def->kind == CONN_DECK && !def->derived;
}

static void read_root(struct def_reader *r, const cJSON *root, struct board_def *def)
{
	if (!cJSON_IsObject(root))
		def_fail(r, NULL, "must be an object {...}");
	def_only(r, root, root_keys);
	def->title = def_text(r, root, "title", DEF_REQUIRED);
	def->category = def_text(r, root, "category", DEF_REQUIRED);
	def->about = def_text(r, root, "about", DEF_REQUIRED);
	read_states(r, root, def);
	def_read_requests(r, root, def);
	read_tables(r, root, def);
	def->rows = def_query(r, root, "rows", DEF_REQUIRED);
	def->row_requests = def_requests_in(def, def->rows);
	if (!def->row_requests) /* "*.value[]": all of them */
		def->row_requests = UINT32_MAX;
	for (size_t i = def->n_requests; i-- > 0;) {
		if (def->row_requests >> i & 1)
			def->kind = def->requests[i].kind;
	}
	read_derived(def);
	def->where = def_query(r, root, "where", DEF_OPTIONAL);
	def->repeats = def_query(r, root, "repeats", DEF_OPTIONAL);
	def->key = def_query(r, root, "key", DEF_REQUIRED);
	def_read_columns(r, root, def);
	def->rules = def_read_rules(r, root, false, &def->n_rules);
	read_links(r, root, def);
	if (r->failed)
		return;
	read_sort(r, root, def);
	read_opens(r, root, def);
	read_records(r, root, def);
	mark_read_columns(def, (struct column *)def->columns);
	def->stale_after_ms =
		def_span(r, root, "stale_after", MIN_STALE_MS, default_stale_ms(def));
}

struct board_def *board_def_parse(struct str text, const char *name, const char *source,
				  struct err *err)
{
	struct board_def *def;
	struct def_reader r = {.text = text, .source = source, .err = err};
	cJSON *root = json_parse_file(text, source, err);

	if (!root)
		return NULL;
	def = xcalloc(1, sizeof(*def));
	ref_init(&def->ref);
	arena_init(&def->arena);
	r.arena = &def->arena;
	def->name = arena_strdup(&def->arena, str_from(name));
	def->source = arena_strdup(&def->arena, str_from(source));
	read_root(&r, root, def);
	cJSON_Delete(root);
	def->queries = r.queries.p;
	def->n_queries = r.queries.n;
	if (!r.failed)
		return def;
	board_def_put(def);
	return NULL;
}

static struct ref *count_of(const struct board_def *def)
{
	return (struct ref *)(uintptr_t)&def->ref;
}

const struct board_def *board_def_get(const struct board_def *def)
{
	ref_get(count_of(def));
	return def;
}

void board_def_put(const struct board_def *def)
{
	struct board_def *last = (struct board_def *)(uintptr_t)def;

	if (!def || !ref_put(count_of(def)))
		return;
	for (size_t i = 0; i < last->n_queries; i++)
		query_free(last->queries[i]);
	free(last->queries);
	arena_fini(&last->arena);
	free(last);
}
