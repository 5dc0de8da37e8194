/* See looks.h. */
#include "cli/looks.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/json.h"
#include "cli/run.h"
#include "unit/check.h"

static cJSON *parse(const char *what, struct str text)
{
	struct err err;
	cJSON *json = json_parse(text, &json_wire, NULL, &err);

	if (!json)
		fail_msg("%s: no JSON: %.*s", what, STR_ARG(text));
	return json;
}

static void look(const char *what, struct str rows, const char *query, const char *want)
{
	struct run r = {.args = RUN_ARGS("query", query)};
	cJSON *json = parse(what, rows), *got, *wanted = parse(want, str_from(want));
	struct strbuf input;

	strbuf_init(&input, 1 << 24);
	json_print(&input, json);
	r.input = input.p;
	run_expect(&r, 0);
	got = parse(what, strbuf_str(&r.out));
	if (!cJSON_Compare(got, wanted, true))
		fail_msg("%s: %s\n got %s want %s", what, query, r.out.p, want);
	run_fini(&r);
	strbuf_fini(&input);
	cJSON_Delete(json);
	cJSON_Delete(got);
	cJSON_Delete(wanted);
}

void looks_recorded(const struct recorded_look *looks, size_t n)
{
	const char *source = getenv("AZ_SRCDIR");
	size_t n_missing = 0;

	for (size_t i = 0; i < n; i++) {
		const struct recorded_look *c = &looks[i];
		struct strbuf path;
		struct run r = {0};

		strbuf_init(&path, 4096);
		strbuf_printf(&path, "%s/../shared/wire/%s", source ? source : ".",
			      c->file);
		if (access(path.p, R_OK) == 0) {
			r.args = RUN_ARGS("decode", c->board, "--request", c->request,
					  path.p);
			run_expect(&r, 0);
			look(c->file, strbuf_str(&r.out), c->query, c->want);
			run_fini(&r);
		} else {
			n_missing++;
		}
		strbuf_fini(&path);
	}
	if (n_missing)
		print_message("# %zu recorded answers are not here: not looked at\n",
			      n_missing);
}

cJSON *looks_rows(const char *board)
{
	struct run r = {.args = RUN_ARGS("show", board, "--demo", "--at", CHECK_AT,
					 "--speed", "0.0001", "-o", "json", "--query",
					 "@")};
	cJSON *rows;

	run_expect(&r, 0);
	rows = parse(board, strbuf_str(&r.out));
	run_fini(&r);
	return rows;
}

void looks_alive(const struct alive_look *looks, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		cJSON *rows = looks_rows(looks[i].board);
		struct strbuf text;

		strbuf_init(&text, 1 << 24);
		json_print(&text, rows);
		look(looks[i].board, strbuf_str(&text), looks[i].query, looks[i].want);
		strbuf_fini(&text);
		cJSON_Delete(rows);
	}
}
