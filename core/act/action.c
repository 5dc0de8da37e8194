/* See action.h. Reads the files; what is wrong is said with its place. Thread: any. */
#include "act/action.h"

#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/json.h"
#include "base/timefmt.h"
#include "base/xalloc.h"
#include "board/def_read.h"

enum { MAX_LIST = 32, DEFAULT_CHECK_MS = 10 * MINUTE_MS };

static const char *const risk_names[] = {[RISK_LOW] = "low", [RISK_HIGH] = "high"};

const char *action_risk_name(enum action_risk risk)
{
	return risk_names[risk];
}

/* A list of parts of one kind, or an object of them by name. */
struct parts {
	const char *key;
	bool is_map;
	enum def_need need;
	const char *keys;  /* that each may have */
	size_t size;	   /* of one */
	const char *empty; /* what is wrong with none of them; NULL: nothing */
	void (*read)(struct def_reader *r, const cJSON *at, void *part);
};

/* Room for the items of a list or of an object; one more, so that it is never none. */
static void *room_for(struct def_reader *r, const cJSON *list, size_t size)
{
	int n = cJSON_GetArraySize(list);

	if (n > MAX_LIST)
		def_fail(r, NULL, "more than %d", MAX_LIST);
	return arena_calloc(r->arena, (size_t)n + 1, size);
}

static size_t enter_part(struct def_reader *r, const struct parts *parts, const cJSON *at,
			 size_t index)
{
	size_t mark = parts->is_map ? def_enter(r, at->string) : def_enter_item(r, index);

	if (parts->is_map && !def_is_name(str_from(at->string)))
		def_fail(r, NULL, "a name is letters, digits and _");
	else if (!cJSON_IsObject(at))
		def_fail(r, NULL, "must be an object {...}");
	else
		def_only(r, at, parts->keys);
	return mark;
}

/* In the reader's arena; *n of them. NULL: there is no such list. */
static void *read_parts(struct def_reader *r, const cJSON *root,
			const struct parts *parts, size_t *n)
{
	const cJSON *list = parts->is_map ? def_object(r, root, parts->key, parts->need)
					  : def_array(r, root, parts->key, parts->need);
	const cJSON *at;
	size_t mark;
	char *room;

	if (!list)
		return NULL;
	mark = def_enter(r, parts->key);
	room = room_for(r, list, parts->size);
	cJSON_ArrayForEach (at, list) {
		size_t inner = enter_part(r, parts, at, *n);

		if (!r->failed)
			parts->read(r, at, room + *n * parts->size);
		def_leave(r, inner);
		if (r->failed)
			break;
		++*n;
	}
	if (!*n && parts->empty)
		def_fail(r, NULL, "%s", parts->empty);
	def_leave(r, mark);
	return room;
}

static void read_number(struct def_reader *r, const cJSON *object, const char *key,
			double *out)
{
	const cJSON *value = cJSON_GetObjectItemCaseSensitive(object, key);

	if (value && !cJSON_IsNumber(value))
		def_fail(r, key, "must be a number");
	else if (value)
		*out = value->valuedouble;
}

static void read_input(struct def_reader *r, const cJSON *at, void *part)
{
	struct action_input *in = part;
	const char *type;

	in->name = arena_strdup(r->arena, str_from(at->string));
	in->title = def_text(r, at, "title", DEF_REQUIRED);
	in->about = def_text(r, at, "about", DEF_OPTIONAL);
	in->unit = def_text(r, at, "unit", DEF_OPTIONAL);
	type = def_text(r, at, "type", DEF_OPTIONAL);
	in->is_number = type && strcmp(type, "number") == 0;
	if (type && !in->is_number && strcmp(type, "text") != 0)
		def_fail(r, "type", "is number or text");
	in->least = 0;
	in->most = 1e9;
	read_number(r, at, "least", &in->least);
	read_number(r, at, "most", &in->most);
	in->values = def_query(r, at, "values", DEF_OPTIONAL);
	in->initial = def_query(r, at, "initial", DEF_OPTIONAL);
}

static const struct method_word {
	const char *word;
	enum http_method method;
} method_words[] = {
	{"get", HTTP_GET},     {"post", HTTP_POST},	{"put", HTTP_PUT},
	{"patch", HTTP_PATCH}, {"delete", HTTP_DELETE},
};

static void read_method(struct def_reader *r, const cJSON *at, bool is_read,
			struct action_call *call)
{
	const struct method_word *found = NULL;

	for (size_t i = 0; i < COUNT(method_words); i++) {
		const struct method_word *word = &method_words[i];

		if (!cJSON_GetObjectItemCaseSensitive(at, word->word))
			continue;
		if (found)
			def_fail(r, word->word, "it has a method already");
		found = word;
	}
	if (!found || (found->method == HTTP_GET) != is_read) {
		def_fail(r, NULL,
			 is_read ? "needs \"get\", with a path"
				 : "needs \"post\", \"put\", \"patch\" or \"delete\", "
				   "with a path");
		return;
	}
	call->method = found->method;
	call->path = def_text(r, at, found->word, DEF_REQUIRED);
	if (call->path && call->path[0] != '/' && call->path[0] != '{')
		def_fail(r, found->word, "must begin with '/' or a parameter");
	if (!r->failed)
		call->path_params = def_params_path(r, found->word, str_from(call->path));
}

static void read_call(struct def_reader *r, const cJSON *at, bool is_read,
		      struct action_call *call)
{
	const cJSON *body = cJSON_GetObjectItemCaseSensitive(at, "body");
	const char *kind;

	kind = def_text(r, at, "kind", DEF_OPTIONAL);
	call->kind = CONN_ARM;
	if (kind && !conn_kind_find(str_from(kind), &call->kind))
		def_fail(r, "kind", "no such kind of connection: %s", kind);
	read_method(r, at, is_read, call);
	if (body && !r->failed)
		call->body_params = def_params_body(r, "body", body);
	call->if_match = def_query(r, at, "if_match", DEF_OPTIONAL);
	call->when = def_query(r, at, "when", DEF_OPTIONAL);
	call->hold = def_query(r, at, "hold", DEF_OPTIONAL);
	call->is_done = def_query(r, at, "done", DEF_OPTIONAL);
	call->is_followed = def_bool(r, at, "follow");
	call->is_safe_twice = def_bool(r, at, "safe_twice");
	call->may_be_absent = def_bool(r, at, "absent");
}

static void read_read(struct def_reader *r, const cJSON *at, void *part)
{
	struct action_call *call = part;

	read_call(r, at, true, call);
	call->name = arena_strdup(r->arena, str_from(at->string));
	call->title = call->name;
}

static void read_step(struct def_reader *r, const cJSON *at, void *part)
{
	struct action_call *call = part;

	read_call(r, at, false, call);
	call->name = def_text(r, at, "name", DEF_REQUIRED);
	call->title = def_text(r, at, "title", DEF_REQUIRED);
	/* Otherwise nobody could tell, when its answer is lost, whether it was done. */
	if (!call->is_done && !call->is_safe_twice)
		def_fail(r, NULL, "needs \"done\", or \"safe_twice\": true");
}

static void read_fact(struct def_reader *r, const cJSON *at, void *part)
{
	struct action_fact *fact = part;

	fact->name = def_text(r, at, "name", DEF_REQUIRED);
	fact->title = def_text(r, at, "title", DEF_REQUIRED);
	fact->value = def_query(r, at, "value", DEF_REQUIRED);
}

static void read_show(struct def_reader *r, const cJSON *at, void *part)
{
	struct action_show *show = part;

	show->title = def_text(r, at, "title", DEF_REQUIRED);
	show->before = def_query(r, at, "before", DEF_REQUIRED);
	show->after = def_query(r, at, "after", DEF_REQUIRED);
}

static void read_warning(struct def_reader *r, const cJSON *at, void *part)
{
	struct action_warning *warning = part;

	warning->when = def_query(r, at, "when", DEF_REQUIRED);
	warning->text = def_text(r, at, "text", DEF_REQUIRED);
	warning->is_usual = def_bool(r, at, "usual");
}

static const struct parts inputs = {
	.key = "inputs",
	.is_map = true,
	.keys = "title about unit type least most values initial",
	.size = sizeof(struct action_input),
	.read = read_input,
};
static const struct parts reads = {
	.key = "reads",
	.is_map = true,
	.need = DEF_REQUIRED,
	.keys = "kind get title absent",
	.size = sizeof(struct action_call),
	.read = read_read,
};
static const struct parts facts = {
	.key = "bound_to",
	.need = DEF_REQUIRED,
	.keys = "name title value",
	.size = sizeof(struct action_fact),
	.empty = "must be bound to something",
	.read = read_fact,
};
static const struct parts shows = {
	.key = "shows",
	.need = DEF_REQUIRED,
	.keys = "title before after",
	.size = sizeof(struct action_show),
	.read = read_show,
};
static const struct parts warnings = {
	.key = "warnings",
	.keys = "when text usual",
	.size = sizeof(struct action_warning),
	.read = read_warning,
};
static const struct parts steps = {
	.key = "steps",
	.need = DEF_REQUIRED,
	.keys = "name title kind post put patch delete body if_match when hold done "
		"follow "
		"safe_twice",
	.size = sizeof(struct action_call),
	.empty = "needs one step at least",
	.read = read_step,
};

static void read_check(struct def_reader *r, const cJSON *root, struct action *a)
{
	const cJSON *object = def_object(r, root, "verify", DEF_REQUIRED);
	size_t mark;

	if (!object)
		return;
	mark = def_enter(r, "verify");
	def_only(r, object, "board text holds within");
	a->check.board = def_text(r, object, "board", DEF_OPTIONAL);
	a->check.text = def_text(r, object, "text", DEF_REQUIRED);
	a->check.holds = def_query(r, object, "holds", DEF_REQUIRED);
	a->check.within_ms = def_span(r, object, "within", MINUTE_MS, DEFAULT_CHECK_MS);
	if (!a->check.board)
		a->check.board = a->board;
	def_leave(r, mark);
}

static void read_undo_inputs(struct def_reader *r, const cJSON *object,
			     struct action_undo *undo)
{
	const cJSON *map = def_object(r, object, "inputs", DEF_OPTIONAL), *at;
	const struct query **values;
	const char **names;
	size_t mark;

	if (!map)
		return;
	mark = def_enter(r, "inputs");
	undo->names = names = room_for(r, map, sizeof(*names));
	undo->values = values = room_for(r, map, sizeof(struct query *));
	cJSON_ArrayForEach (at, map) {
		names[undo->n] = arena_strdup(r->arena, str_from(at->string));
		values[undo->n++] = def_query(r, map, at->string, DEF_REQUIRED);
	}
	def_leave(r, mark);
}

static void read_undo(struct def_reader *r, const cJSON *root, struct action *a)
{
	const cJSON *object = def_object(r, root, "undo", DEF_REQUIRED);
	size_t mark;

	if (!object)
		return;
	mark = def_enter(r, "undo");
	def_only(r, object, "action why inputs");
	a->undo.action = def_text(r, object, "action", DEF_OPTIONAL);
	a->undo.why = def_text(r, object, "why", DEF_OPTIONAL);
	if (!a->undo.action == !a->undo.why)
		def_fail(r, NULL, "needs \"action\", or \"why\" there is none");
	read_undo_inputs(r, object, &a->undo);
	def_leave(r, mark);
}

static void read_risk(struct def_reader *r, const cJSON *root, struct action *a)
{
	const char *word = def_text(r, root, "risk", DEF_REQUIRED);

	for (size_t i = 0; word && i < COUNT(risk_names); i++) {
		if (strcmp(word, risk_names[i]) == 0) {
			a->risk = (enum action_risk)i;
			return;
		}
	}
	def_fail(r, "risk", "is low or high");
}

static void read_root(struct def_reader *r, const cJSON *root, struct action *a)
{
	def_only(r, root,
		 "title about board target when risk permission inputs reads bound_to "
		 "shows warnings cost_before cost_after steps verify undo");
	a->title = def_text(r, root, "title", DEF_REQUIRED);
	a->about = def_text(r, root, "about", DEF_REQUIRED);
	a->board = def_text(r, root, "board", DEF_REQUIRED);
	a->target = def_text(r, root, "target", DEF_REQUIRED);
	a->permission = def_text(r, root, "permission", DEF_REQUIRED);
	a->when = def_query(r, root, "when", DEF_OPTIONAL);
	read_risk(r, root, a);
	a->inputs = read_parts(r, root, &inputs, &a->n_inputs);
	a->reads = read_parts(r, root, &reads, &a->n_reads);
	a->facts = read_parts(r, root, &facts, &a->n_facts);
	a->shows = read_parts(r, root, &shows, &a->n_shows);
	a->warnings = read_parts(r, root, &warnings, &a->n_warnings);
	a->cost_before = def_query(r, root, "cost_before", DEF_OPTIONAL);
	a->cost_after = def_query(r, root, "cost_after", DEF_OPTIONAL);
	a->steps = read_parts(r, root, &steps, &a->n_steps);
	read_check(r, root, a);
	read_undo(r, root, a);
}

struct action *action_parse(struct str text, const char *name, const char *source,
			    struct err *err)
{
	struct def_reader r = {.text = text, .source = source, .err = err};
	cJSON *root = json_parse_file(text, source, err);
	struct action *a;

	if (!root)
		return NULL;
	a = xcalloc(1, sizeof(*a));
	arena_init(&a->arena);
	r.arena = &a->arena;
	a->name = arena_strdup(&a->arena, str_from(name));
	read_root(&r, root, a);
	cJSON_Delete(root);
	a->queries = r.queries.p;
	a->n_queries = r.queries.n;
	if (!r.failed)
		return a;
	action_free(a);
	return NULL;
}

bool action_is_usual(const struct action *a, const char *warning)
{
	for (size_t i = 0; i < a->n_warnings; i++) {
		if (a->warnings[i].is_usual && strcmp(a->warnings[i].text, warning) == 0)
			return true;
	}
	return false;
}

void action_free(struct action *a)
{
	if (!a)
		return;
	for (size_t i = 0; i < a->n_queries; i++)
		query_free(a->queries[i]);
	free(a->queries);
	arena_fini(&a->arena);
	free(a);
}
