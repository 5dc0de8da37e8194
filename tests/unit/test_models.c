/* The models of a run: opened with the run's own credentials, and shown on the board
 * `ai` as what they are. */
#include "unit/check.h"

#include <stdio.h>

#include "base/json.h"
#include "unit/board_fixture.h"
#include "unit/scratch.h"
#include "wire/client.h"
#include "worker/configured.h"
#include "worker/chat/models.h"

struct run {
	struct client *client;
	struct access access;
	struct gateway *models;
};

static void open_config(struct run *r, struct client *client, const char *text,
			struct err *err)
{
	const char *path = scratch_write("config.json", str_from(text), 0600);
	const struct credential_host host = {.loop = client->loop};

	*r = (struct run){.client = client};
	assert_true(access_init(&r->access, &host, err));
	if (access_connect(&r->access, configured_load(path, err), err))
		r->models = models_open(&r->access, NULL, err);
}

static void close_run(struct run *r)
{
	gateway_free(r->models);
	access_fini(&r->access);
}

#define PROVIDER(keys)                                                                   \
	"{\"credentials\":{\"oai\":{\"method\":\"api-key\",\"key\":\"env:K\"}},\"ai\":{" \
	"\"providers\":[{\"name\":\"a\",\"model\":\"m\"," keys "}]}}"

static const struct {
	const char *name, *text, *says; /* NULL: it is taken */
} configs[] = {
	{"none", "{}", NULL},
	{"a named credential",
	 PROVIDER("\"kind\":\"azure-openai\",\"base\":\"https://a.example\","
		  "\"credential\":\"oai\""),
	 NULL},
	{"nobody", PROVIDER("\"kind\":\"ollama\""), NULL},
	{"a kind that is none", PROVIDER("\"kind\":\"oracle\""),
	 "ai.providers[0].kind: must be one of: azure-openai"},
	{"a way to sign in that is none",
	 PROVIDER("\"kind\":\"ollama\",\"credential\":\"magic\""),
	 "ai.providers[0].credential: this is no credential"},
};

static void test_configurations(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(configs) / sizeof(*configs); i++) {
		void *client = NULL;
		struct run r;
		struct err err;

		assert_int_equal(client_setup(&client), 0);
		err_clear(&err);
		open_config(&r, client, configs[i].text, &err);
		check_case(configs[i].name, !r.models == !!configs[i].says);
		if (configs[i].says && !strstr(err.text, configs[i].says))
			fail_msg("%s: %s", configs[i].name, err.text);
		if (r.models)
			check_case(configs[i].name,
				   gateway_has_models(r.models) == (i > 0));
		close_run(&r);
		client_teardown(&client);
	}
}

static struct board *board_of(struct library *library, cJSON *rows)
{
	const struct board_def *def = library_find(library, STR("ai"));
	struct strbuf text;
	struct board *board;

	strbuf_init(&text, 64 << 10);
	strbuf_puts(&text, "{\"ai\":{\"rows\":");
	json_print(&text, rows);
	strbuf_puts(&text, "}}");
	assert_non_null(def);
	board = fixture_board(def, text.p);
	strbuf_fini(&text);
	cJSON_Delete(rows);
	return board;
}

/* The demo's one: the simulator's own, which nobody speaks behind here. */
static void test_the_demo(void **state)
{
	struct client *c = *state;
	const struct sim_options options = {.seed = 1, .clock = &c->clock};
	const struct credential_host host = {.loop = c->loop};
	struct library *library = library_new(NULL, NULL, NULL);
	struct run r = {.client = c};
	struct board *board;
	struct err err;

	assert_true(access_init(&r.access, &host, &err));
	assert_true(access_connect_demo(&r.access, config_demo(), &options, &err));
	r.models = models_open(&r.access, NULL, &err);
	assert_non_null(r.models);
	assert_true(gateway_has_models(r.models));
	assert_string_equal(gateway_endpoint(r.models, 0), "azure");
	assert_null(gateway_endpoint(r.models, 1));
	board = board_of(library, models_rows(r.models));
	assert_int_equal(board->n_rows, 2); /* who makes vectors is the other one */
	board_put(board);
	close_run(&r);
	library_free(library);
}

static void test_without(void **state)
{
	cJSON *rows = models_rows(NULL);

	(void)state;
	assert_int_equal(cJSON_GetArraySize(rows), 0);
	cJSON_Delete(rows);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_configurations),
		cmocka_unit_test_setup_teardown(test_the_demo, client_setup,
						client_teardown),
		cmocka_unit_test(test_without),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_drop);
}
