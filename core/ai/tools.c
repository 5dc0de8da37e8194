/* Tools: their list, the check of a call, and the way an answer leaves. See tools.h. */
#include "ai/tools.h"

#include <stdlib.h>

#include "ai/schema_check.h"
#include "ai/tools_part.h"
#include "base/count.h"
#include "base/json.h"
#include "base/sanitize.h"
#include "base/xalloc.h"
#include "config/env.h"

/* A head leaves this much at least to what is below it. */
enum { HEAD_COUNTED = TOOL_ANSWER_MOST - 1000 };
enum { ARGUMENTS_MOST = 8 << 10, ARGUMENTS_DEPTH = 6 };

struct ai_tools {
	struct leash *leash;
	struct actions *actions;
	struct zones zones;
	struct turn_tool all[TOOLS], small[TOOLS];
	size_t n_small;
	cJSON *schemas[TOOLS], *small_schemas[TOOLS];
};

static const char *const names[TOOLS] = {
#define X(id, name, about) name,
	TOOL_LIST(X)
#undef X
};

static const char *const abouts[TOOLS] = {
#define X(id, name, about) about,
	TOOL_LIST(X)
#undef X
};

static cJSON *read_schema(const char *text)
{
	struct err err;
	cJSON *schema = json_parse(str_from(text), &json_wire, NULL, &err);

	if (!schema)
		fatal(err.text);
	return schema;
}

struct ai_tools *ai_tools_new(struct leash *leash)
{
	struct ai_tools *t = xcalloc(1, sizeof(*t));

	t->leash = leash;
	t->actions = actions_new();
	zones_init(&t->zones, env_get("TZDIR"));
	for (size_t i = 0; i < TOOLS; i++) {
		t->schemas[i] = read_schema(tool_rows[i].schema);
		t->all[i] = (struct turn_tool){.name = names[i],
					       .about = abouts[i],
					       .parameters = t->schemas[i]};
		if (!tool_rows[i].small)
			continue;
		t->small_schemas[i] = read_schema(tool_rows[i].small);
		t->small[t->n_small] = t->all[i];
		t->small[t->n_small++].parameters = t->small_schemas[i];
	}
	return t;
}

void ai_tools_free(struct ai_tools *t)
{
	if (!t)
		return;
	for (size_t i = 0; i < TOOLS; i++) {
		cJSON_Delete(t->schemas[i]);
		cJSON_Delete(t->small_schemas[i]);
	}
	zones_fini(&t->zones);
	actions_free(t->actions);
	free(t);
}

const struct turn_tool *ai_tools_list(const struct ai_tools *t, bool is_small, size_t *n)
{
	*n = is_small ? t->n_small : TOOLS;
	return is_small ? t->small : t->all;
}

static bool find_tool(struct str name, enum ai_tool *out)
{
	for (size_t i = 0; i < TOOLS; i++) {
		if (str_is(name, names[i])) {
			*out = (enum ai_tool)i;
			return true;
		}
	}
	return false;
}

/* A model that has no arguments to give may give none. */
static cJSON *read_arguments(struct str text, struct err *err)
{
	static const struct json_limits limits = {.max_bytes = ARGUMENTS_MOST,
						  .max_depth = ARGUMENTS_DEPTH};

	text = str_trim(text);
	return json_parse(text.n ? text : STR("{}"), &limits, NULL, err);
}

/* What stood for something private stands for it again. Depth is that of a schema. */
static void restore(const struct leash *leash, cJSON *value)
{
	struct strbuf text;
	cJSON *item;

	if (cJSON_IsString(value) && strchr(value->valuestring, '<')) {
		strbuf_init(&text, ARGUMENTS_MOST);
		leash_restore(leash, str_from(value->valuestring), &text);
		cJSON_SetValuestring(value, text.p);
		strbuf_fini(&text);
	}
	cJSON_ArrayForEach (item, value)
		restore(leash, item);
}

/* The tool and its arguments, or why there are none. */
static cJSON *understand(const struct ai_tools *t, struct str name, struct str arguments,
			 enum ai_tool *tool, struct err *err)
{
	cJSON *args;

	if (!find_tool(name, tool)) {
		err_set(err, ERR_USAGE, "there is no tool \"%.*s\"",
			STR_ARG(str_sub(name, 0, 40)));
		return NULL;
	}
	args = read_arguments(arguments, err);
	if (args && !schema_check(t->schemas[*tool], args, err)) {
		cJSON_Delete(args);
		args = NULL;
	}
	if (args)
		restore(t->leash, args);
	return args;
}

/* Of the arguments as values, so that another blank is no other call. */
static uint64_t digest(enum ai_tool tool, const cJSON *args)
{
	struct strbuf text;
	uint64_t hash;

	strbuf_init(&text, 4 * ARGUMENTS_MOST);
	strbuf_printf(&text, "%s ", names[tool]);
	json_print(&text, args);
	hash = str_hash(strbuf_str(&text));
	strbuf_fini(&text);
	return hash;
}

static bool may_call(const struct tool_budget *budget, const struct evidence *e,
		     struct err *err)
{
	if (budget->calls >= TOOL_CALLS_MOST)
		return err_set(err, ERR_REFUSED,
			       "that was the last of %d look-ups: answer with what is "
			       "known, and say what is not",
			       TOOL_CALLS_MOST);
	if (budget->until_ms && e->now_ms > budget->until_ms)
		return err_set(err, ERR_REFUSED,
			       "there is no time for more look-ups: answer with what is "
			       "known, and say what is not");
	return true;
}

/* Whether it was called so before; remembers it. */
static bool is_round(struct tool_budget *budget, uint64_t call)
{
	bool is_known = false;

	for (size_t i = 0; i + 1 < budget->calls; i++)
		is_known = is_known || budget->seen[i] == call;
	budget->seen[budget->calls - 1] = call;
	return is_known;
}

static bool check(struct ai_tools *t, struct str name, struct str arguments,
		  struct tool_budget *budget, const struct evidence *e,
		  struct tool_need *need, struct err *err)
{
	enum ai_tool tool;
	cJSON *args;
	bool ok;

	if (!may_call(budget, e, err))
		return false;
	budget->calls++;
	budget->seen[budget->calls - 1] = 0;
	args = understand(t, name, arguments, &tool, err);
	if (!args)
		return false;
	ok = !is_round(budget, digest(tool, args)) ||
	     err_set(err, ERR_REFUSED, "the same was looked up before, and is above");
	if (ok && tool_rows[tool].need)
		ok = tool_rows[tool].need(args, e, need, err);
	cJSON_Delete(args);
	return ok;
}

bool ai_tools_check(struct ai_tools *t, struct str name, struct str arguments,
		    struct tool_budget *budget, const struct evidence *e,
		    struct tool_need *need, struct strbuf *out)
{
	struct err err;

	*need = (struct tool_need){0};
	if (check(t, name, arguments, budget, e, need, &err))
		return true;
	strbuf_puts(out, "refused: ");
	leash_redact(t->leash, str_from(err.text), out);
	return false;
}

/* A head may repeat what the model wrote. */
static void put_head(struct ai_tools *t, struct str head, struct strbuf *out)
{
	struct strbuf clean;

	strbuf_init(&clean, 3 * TOOL_HEAD_MOST);
	sanitize_text(&clean, head);
	leash_redact(t->leash, strbuf_str(&clean), out);
	strbuf_fini(&clean);
}

static void put_answer(struct ai_tools *t, const struct tool_call *call, const char *name,
		       struct strbuf *out)
{
	size_t begin = out->n;
	struct strbuf plain;

	put_head(t, strbuf_str(&call->head), out);
	if (call->head.overflow)
		strbuf_puts(out, " (cut)\n");
	begin = out->n - begin;
	strbuf_init(&plain, 2 * TOOL_ANSWER_MOST);
	leash_redact(t->leash, strbuf_str(&call->body), &plain);
	if (plain.n)
		leash_fence(strbuf_str(&plain), name,
			    TOOL_ANSWER_MOST -
				    (begin < HEAD_COUNTED ? begin : HEAD_COUNTED),
			    out);
	strbuf_fini(&plain);
}

void ai_tools_run(struct ai_tools *t, struct str name, struct str arguments,
		  const struct evidence *e, struct strbuf *out, struct strbuf *proposal)
{
	struct tool_call call = {.e = e,
				 .actions = t->actions,
				 .zones = &t->zones,
				 .proposal = proposal};
	enum ai_tool tool;
	struct err err;
	cJSON *args = understand(t, name, arguments, &tool, &err);

	if (!args) {
		strbuf_puts(out, "refused: ");
		leash_redact(t->leash, str_from(err.text), out);
		return;
	}
	call.args = args;
	strbuf_init(&call.head, TOOL_HEAD_MOST);
	strbuf_init(&call.body, TOOL_BODY_MOST);
	tool_rows[tool].run(&call);
	put_answer(t, &call, names[tool], out);
	strbuf_fini(&call.head);
	strbuf_fini(&call.body);
	cJSON_Delete(args);
}
