/* A run as JSON and back, so that another process goes on with it. What is read is as
 * foreign as an answer: every field is checked. Thread: core. */
#include "act/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/xalloc.h"

enum { RUN_VERSION = 1, RUN_TEXT_MAX = 1 << 20 };

static cJSON *step_json(const struct run_step *step)
{
	cJSON *json = cJSON_CreateObject();

	cJSON_AddStringToObject(json, "end", step_end_name(step->end));
	cJSON_AddNumberToObject(json, "sent", step->sent);
	cJSON_AddNumberToObject(json, "sent_at", (double)step->sent_ms);
	cJSON_AddNumberToObject(json, "ended_at", (double)step->ended_ms);
	cJSON_AddNumberToObject(json, "status", step->status);
	return json;
}

static cJSON *parsed(const char *text)
{
	struct err ignored;
	cJSON *json = json_parse(str_from(text), &json_wire, NULL, &ignored);

	return json ? json : cJSON_CreateNull();
}

void run_save(const struct run *run, struct strbuf *out)
{
	cJSON *root = cJSON_CreateObject(), *steps;

	cJSON_AddNumberToObject(root, "v", RUN_VERSION);
	cJSON_AddStringToObject(root, "state", run_state_name(run->state));
	cJSON_AddStringToObject(root, "outcome", run_outcome_name(run->outcome));
	cJSON_AddNumberToObject(root, "at", (double)run->at);
	cJSON_AddNumberToObject(root, "started", (double)run->started_ms);
	cJSON_AddNumberToObject(root, "ended", (double)run->ended_ms);
	cJSON_AddNumberToObject(root, "within", (double)run->within_ms);
	cJSON_AddNumberToObject(root, "check_until", (double)run->check_until_ms);
	cJSON_AddBoolToObject(root, "to_stop", run->is_to_stop);
	cJSON_AddStringToObject(root, "moved", run->moved);
	cJSON_AddStringToObject(root, "error", run->err.text);
	cJSON_AddStringToObject(root, "error_code", err_name(run->err.code));
	cJSON_AddNumberToObject(root, "error_status", run->err.http_status);
	cJSON_AddItemToObject(root, "lro",
			      run->lro ? parsed(run->lro) : cJSON_CreateNull());
	steps = cJSON_AddArrayToObject(root, "steps");
	for (size_t i = 0; i < run->plan->n_requests; i++)
		cJSON_AddItemToArray(steps, step_json(&run->steps[i]));
	cJSON_AddItemToObject(root, "plan", plan_json(run->plan));
	json_print(out, root);
	cJSON_Delete(root);
}

struct loading {
	struct run *run;
	const cJSON *root;
	struct err *err;
};

static bool fail(struct loading *l, const char *name)
{
	return err_set(l->err, ERR_PARSE, "this is no run: \"%s\" is missing or wrong",
		       name);
}

static bool whole(struct loading *l, const cJSON *object, const char *name, double most,
		  int64_t *out)
{
	const cJSON *value = json_member(object, name);

	if (!cJSON_IsNumber(value) || !(value->valuedouble >= 0) ||
	    value->valuedouble > most)
		return fail(l, name);
	*out = (int64_t)value->valuedouble;
	return true;
}

typedef const char *(*name_fn)(int value);

static const char *state_word(int value)
{
	return run_state_name((enum run_state)value);
}

static const char *outcome_word(int value)
{
	return run_outcome_name((enum run_outcome)value);
}

static const char *end_word(int value)
{
	return step_end_name((enum step_end)value);
}

static const char *code_word(int value)
{
	return err_name((enum err_code)value);
}

static bool word(struct loading *l, const cJSON *object, const char *name, name_fn words,
		 int last, int *out)
{
	const char *text = json_text(object, name);

	for (int i = 0; text && i <= last; i++) {
		if (strcmp(words(i), text) == 0) {
			*out = i;
			return true;
		}
	}
	return fail(l, name);
}

static bool read_step(struct loading *l, const cJSON *json, struct run_step *step)
{
	int64_t sent = 0, status = 0;
	int how = 0;

	step->percent = -1;
	if (!word(l, json, "end", end_word, STEP_UNKNOWN, &how) ||
	    !whole(l, json, "sent", 1000, &sent) ||
	    !whole(l, json, "sent_at", 1e15, &step->sent_ms) ||
	    !whole(l, json, "ended_at", 1e15, &step->ended_ms) ||
	    !whole(l, json, "status", 999, &status))
		return false;
	step->end = (enum step_end)how;
	step->sent = (int)sent;
	step->status = (int)status;
	return true;
}

static bool read_steps(struct loading *l)
{
	const cJSON *list = json_member(l->root, "steps"), *at;
	size_t i = 0;

	if (!cJSON_IsArray(list) ||
	    (size_t)cJSON_GetArraySize(list) != l->run->plan->n_requests)
		return fail(l, "steps");
	cJSON_ArrayForEach (at, list) {
		if (!read_step(l, at, &l->run->steps[i++]))
			return false;
	}
	return true;
}

static bool read_plan(struct loading *l)
{
	const cJSON *plan = json_member(l->root, "plan");

	if (!cJSON_IsObject(plan))
		return fail(l, "plan");
	l->run->plan = plan_from_json(plan, l->err);
	return l->run->plan != NULL;
}

static bool read_lro(struct loading *l)
{
	const cJSON *lro = json_member(l->root, "lro");
	struct strbuf text;

	if (l->run->state != RUN_FOLLOWING)
		return true;
	if (!cJSON_IsObject(lro))
		return fail(l, "lro");
	strbuf_init(&text, RUN_TEXT_MAX);
	json_print(&text, lro);
	l->run->lro = xstrndup(text.p, text.n);
	strbuf_fini(&text);
	return true;
}

static bool read_error(struct loading *l)
{
	struct run *run = l->run;
	const char *text = json_text(l->root, "error");
	const char *moved = json_text(l->root, "moved");
	int64_t status = 0;
	int code = 0;

	if (!text || !moved)
		return fail(l, "error");
	if (!word(l, l->root, "error_code", code_word, ERR_COUNT - 1, &code) ||
	    !whole(l, l->root, "error_status", 999, &status))
		return false;
	if (code != ERR_NONE)
		err_set(&run->err, (enum err_code)code, "%s", text);
	run->err.http_status = (int)status;
	snprintf(run->moved, sizeof(run->moved), "%s", moved);
	return true;
}

static bool read_root(struct loading *l)
{
	struct run *run = l->run;
	int state = 0, outcome = 0;
	int64_t version, at = 0;

	if (!read_plan(l) || !whole(l, l->root, "v", RUN_VERSION, &version) ||
	    !word(l, l->root, "state", state_word, RUN_ENDED, &state) ||
	    !word(l, l->root, "outcome", outcome_word, RUN_UNKNOWN, &outcome) ||
	    !whole(l, l->root, "at", (double)run->plan->n_requests, &at) ||
	    !whole(l, l->root, "started", 1e15, &run->started_ms) ||
	    !whole(l, l->root, "ended", 1e15, &run->ended_ms) ||
	    !whole(l, l->root, "within", 1e12, &run->within_ms) ||
	    !whole(l, l->root, "check_until", 1e15, &run->check_until_ms))
		return false;
	run->state = (enum run_state)state;
	run->outcome = (enum run_outcome)outcome;
	run->at = (size_t)at;
	run->is_to_stop = json_bool(l->root, "to_stop", false);
	if (run->state < RUN_CHECKING && run->at >= run->plan->n_requests)
		return fail(l, "at");
	return read_steps(l) && read_lro(l) && read_error(l);
}

bool run_load(struct run *run, struct str text, struct err *err)
{
	static const struct json_limits limits = {.max_bytes = RUN_TEXT_MAX,
						  .max_depth = 40};
	cJSON *root = json_parse(text, &limits, NULL, err);
	struct loading l = {.run = run, .root = root, .err = err};
	bool ok;

	if (!root)
		return false;
	*run = (struct run){0};
	ok = read_root(&l);
	if (!ok)
		run_clear(run);
	cJSON_Delete(root);
	return ok;
}
