/* See ask.h. */
#include "sim/ask.h"

#include <math.h>
#include <stdio.h>

#include "base/json.h"
#include "base/xalloc.h"

#define MAX_PAGES 50

static void take_token(struct ask *a)
{
	strbuf_reset(&a->bearer);
	strbuf_puts(&a->bearer, "Bearer ");
	token_issue(&a->bearer, &a->world.key, STR("test"),
		    STR("https://management.azure.com"), ESTATE_TENANT,
		    clock_wall_ms(&a->clock));
}

void ask_init(struct ask *a, uint64_t seed, int64_t wall_ms)
{
	*a = (struct ask){0};
	clock_init_manual(&a->clock, wall_ms);
	world_init(&a->world, seed, &a->clock);
	strbuf_init(&a->bearer, 8192);
	take_token(a);
}

void ask_fini(struct ask *a)
{
	strbuf_fini(&a->bearer);
	world_fini(&a->world);
}

void ask_at(struct ask *a, int64_t wall_ms)
{
	clock_advance(&a->clock, wall_ms - clock_wall_ms(&a->clock));
	take_token(a);
}

/* What there is of it now, as its body. */
static void read_flow(struct reply *rep)
{
	bool is_over = !rep->flow.read;
	char bytes[4096];

	while (!is_over) {
		size_t n = rep->flow.read(rep->flow.ctx, bytes, sizeof(bytes), &is_over);

		strbuf_put(&rep->body, (struct str){.p = bytes, .n = n});
		is_over |= n == 0;
	}
}

void ask(struct ask *a, enum sim_method method, const char *target, const char *body,
	 struct told *t)
{
	struct err err;

	if (strncmp(target, ASK_BASE, sizeof(ASK_BASE) - 1) == 0)
		target += sizeof(ASK_BASE) - 1;
	t->json = NULL;
	if (!request_init(&t->req, method, str_from(target))) {
		fprintf(stderr, "%s\n", target);
		fatal("ask: the test's own target is malformed");
	}
	t->req.base = STR(ASK_BASE);
	t->req.authorization = strbuf_str(&a->bearer);
	t->req.operation = a->operation;
	t->req.if_match = a->if_match;
	t->req.content_type = a->content_type;
	t->req.body = body ? str_from(body) : STR("");
	reply_init(&t->rep, &t->req.arena);
	world_answer(&a->world, &t->req, &t->rep);
	read_flow(&t->rep);
	if (t->rep.body.n)
		t->json = json_parse(strbuf_str(&t->rep.body), &json_wire, NULL, &err);
}

void told_fini(struct told *t)
{
	cJSON_Delete(t->json);
	reply_fini(&t->rep);
	request_fini(&t->req);
}

int ask_status(struct ask *a, enum sim_method method, const char *target,
	       const char *body)
{
	struct told t;
	int status;

	ask(a, method, target, body, &t);
	status = t.rep.status;
	told_fini(&t);
	return status;
}

static cJSON *must_answer(struct ask *a, enum sim_method method, const char *target,
			  const char *body)
{
	struct told t;
	cJSON *json;

	ask(a, method, target, body, &t);
	if (t.rep.status != 200 || !t.json) {
		fprintf(stderr, "%s: %d %s\n", target, t.rep.status, t.rep.body.p);
		fatal("ask: the answer is not a 200 with JSON");
	}
	json = t.json;
	t.json = NULL;
	told_fini(&t);
	return json;
}

cJSON *ask_json(struct ask *a, const char *target)
{
	return must_answer(a, SIM_GET, target, NULL);
}

cJSON *ask_post(struct ask *a, const char *target, const char *body)
{
	return must_answer(a, SIM_POST, target, body);
}

cJSON *ask_all(struct ask *a, const char *target, size_t *pages)
{
	cJSON *all = cJSON_CreateArray(), *page = ask_json(a, target);
	size_t n = 1;

	for (;;) {
		cJSON *value = cJSON_GetObjectItemCaseSensitive(page, "value"), *item;
		const char *next = json_text(page, "nextLink");
		cJSON *following;

		while ((item = cJSON_DetachItemFromArray(value, 0)))
			cJSON_AddItemToArray(all, item);
		following = next && next[0] && n < MAX_PAGES ? ask_json(a, next) : NULL;
		cJSON_Delete(page);
		if (!following)
			break;
		page = following;
		n++;
	}
	if (pages)
		*pages = n;
	return all;
}

const cJSON *told_at(const cJSON *json, const char *path)
{
	struct str rest = str_from(path), part;
	char name[64];

	while (json && str_next(&rest, '.', &part)) {
		snprintf(name, sizeof(name), "%.*s", STR_ARG(part));
		json = cJSON_GetObjectItemCaseSensitive(json, name);
	}
	return json;
}

const char *told_text(const cJSON *json, const char *path)
{
	const cJSON *at = told_at(json, path);

	return cJSON_IsString(at) ? at->valuestring : NULL;
}

double told_number(const cJSON *json, const char *path)
{
	const cJSON *at = told_at(json, path);

	return cJSON_IsNumber(at) ? at->valuedouble : NAN;
}
