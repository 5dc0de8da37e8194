/* What a first run writes: whatever things are called, it is read back as it was
 * meant, and it can be read by a person. */
#include "unit/check.h"

#include <stdio.h>

#include "config/config.h"
#include "config/draft.h"

static struct config *read_back(const struct draft *draft, struct strbuf *text)
{
	struct err err;
	struct config *config;

	strbuf_init(text, DRAFT_MAX_BYTES);
	if (draft)
		draft_put(text, draft);
	else
		draft_put_sample(text);
	assert_false(text->overflow);
	config = config_parse(strbuf_str(text), "config.json", &err);
	if (!config)
		fail_msg("%s\n%s", err.text, text->p);
	return config;
}

static const char *text_of(const struct config_connection *c, const char *name)
{
	return cJSON_GetStringValue(cJSON_GetObjectItem(c->object, name));
}

static void test_odd_names(void **state)
{
	static const struct {
		const char *name, *text;
	} cases[] = {
		{"plain", "web"},
		{"quotes", "the \"web\""},
		{"umlauts", "Z\xc3\xbcrich Gr\xc3\xb6\xc3\x9f"
			    "e"},
		{"a backslash", "a\\b\\"},
		{"the end of a comment", "web */ // }"},
		{"a line break", "web\n{\"x\": 1}"},
		{"a control character", "web\x1b[2J"},
		{"another script", "\xe6\x9d\xb1\xe4\xba\xac"},
		{"nothing", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct draft_subscription sub = {"s1", cases[i].text};
		const struct draft_cluster clusters[] = {
			{.name = cases[i].text, .base = "https://x.example:443"},
			{.name = cases[i].text,
			 .group = cases[i].text,
			 .problem = cases[i].text}};
		const struct draft_organization organization = {.name = cases[i].text};
		struct strbuf text;
		struct config *config =
			read_back(&(struct draft){.cloud = "public",
						  .tenant = cases[i].text,
						  .subscriptions = &sub,
						  .n_subscriptions = 1,
						  .clusters = clusters,
						  .n_clusters = 2,
						  .organizations = &organization,
						  .n_organizations = 1},
				  &text);

		/* The second cluster is a comment: it did not say where it is. */
		check_case(cases[i].name, config->n_connections == 3);
		check_text(cases[i].name, str_from(config->connections[1].name),
			   cases[i].text);
		check_text(cases[i].name,
			   str_from(text_of(&config->connections[2], "organization")),
			   cases[i].text);
		check_text(cases[i].name,
			   str_from(config->credentials[0].settings[0].value),
			   cases[i].text);
		check_case(cases[i].name, strchr(text.p, 0x1b) == NULL);
		config_free(config);
		strbuf_fini(&text);
	}
}

/* The reader refuses two connections of one name. */
static void test_alike(void **state)
{
	static const struct draft_cluster clusters[] = {
		{.name = "web", .group = "rg-a", .base = "https://a.example"},
		{.name = "web", .group = "rg-b", .base = "https://b.example"},
		{.name = "web", .group = "rg-b", .base = "https://c.example"},
		{.name = "web (rg-b) 2", .group = "rg-c", .base = "https://d.example"},
		{.name = "azure", .group = NULL, .base = "https://e.example"},
	};
	static const struct draft_organization organizations[] = {{.name = "web"},
								  {.name = "contoso"}};
	static const char *const names[] = {"azure",
					    "web",
					    "web (rg-b)",
					    "web (rg-b) 2",
					    "web (rg-b) 2 (rg-c)",
					    "azure 2",
					    "web (devops)",
					    "contoso"};
	struct strbuf text;
	struct config *config = read_back(&(struct draft){.cloud = "public",
							  .has_all_subscriptions = true,
							  .clusters = clusters,
							  .n_clusters = 5,
							  .organizations = organizations,
							  .n_organizations = 2},
					  &text);

	(void)state;
	assert_int_equal(config->n_connections, 8);
	for (size_t i = 0; i < 8; i++)
		check_text("name", str_from(config->connections[i].name), names[i]);
	config_free(config);
	strbuf_fini(&text);
}

static void test_many(void **state)
{
	struct draft_subscription subs[300];
	char ids[300][40];
	struct strbuf text;
	struct config *config;
	const cJSON *list;

	(void)state;
	for (int i = 0; i < 300; i++) {
		snprintf(ids[i], sizeof(ids[i]), "%08d-0000-0000-0000-000000000000", i);
		subs[i] = (struct draft_subscription){ids[i], "Contoso"};
	}
	config = read_back(&(struct draft){.cloud = "usgovernment",
					   .subscriptions = subs,
					   .n_subscriptions = 300},
			   &text);
	list = cJSON_GetObjectItem(config->connections[0].object, "subscriptions");
	assert_int_equal(cJSON_GetArraySize(list), 300);
	assert_string_equal(cJSON_GetArrayItem(list, 299)->valuestring, ids[299]);
	assert_string_equal(config->connections[0].cloud, "usgovernment");
	config_free(config);
	strbuf_fini(&text);
}

static void test_all_that_can_be_said(void **state)
{
	static const char *const projects[] = {"Atlas", "Qodex \"2\""};
	static const struct draft_cluster cluster = {.name = "aks-atlas-prod",
						     .base = "https://a.example:443",
						     .ca = "clusters/aks-atlas-prod.pem"};
	static const struct draft_organization organization = {
		.name = "contoso",
		.base = "http://127.0.0.1:1",
		.projects = projects,
		.n_projects = 2};
	const struct config_connection *c;
	struct strbuf text;
	struct config *config =
		read_back(&(struct draft){.cloud = "china",
					  .tenant = "contoso.example",
					  .authority = "http://127.0.0.1:1",
					  .arm = "http://127.0.0.1:1",
					  .has_all_subscriptions = true,
					  .clusters = &cluster,
					  .n_clusters = 1,
					  .organizations = &organization,
					  .n_organizations = 1},
			  &text);

	(void)state;
	c = config->connections;
	assert_string_equal(config->credentials[0].name, DRAFT_CREDENTIAL);
	assert_string_equal(config->credentials[0].method, "device");
	assert_int_equal(config->credentials[0].n_settings, 2);
	for (size_t i = 0; i < 3; i++)
		assert_string_equal(c[i].credential, DRAFT_CREDENTIAL);
	assert_string_equal(c[0].base, "http://127.0.0.1:1");
	assert_string_equal(c[1].kind, "k8s");
	assert_string_equal(c[1].cloud, "china");
	assert_string_equal(c[1].base, cluster.base);
	assert_string_equal(c[1].ca, cluster.ca);
	assert_string_equal(c[2].base, "http://127.0.0.1:1");
	assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(c[2].object, "projects")),
			 2);
	assert_null(cJSON_GetObjectItem(c[0].object, "subscriptions"));
	config_free(config);
	strbuf_fini(&text);
}

/* "me" in a sentence is none. */
static bool is_json(struct str line)
{
	return line.n && strchr("{}[]\"", line.p[0]) && strchr(",[", line.p[line.n - 1]);
}

/* The slashes taken away from every line that is JSON behind them. */
static void uncomment(struct str text, struct strbuf *out)
{
	struct str line;

	while (str_next(&text, '\n', &line)) {
		struct str inner = str_trim(line);

		if (str_starts(inner, STR("//"))) {
			inner = str_trim(str_sub(inner, 2, inner.n));
			if (is_json(inner))
				line = inner;
		}
		strbuf_put(out, line);
		strbuf_putc(out, '\n');
	}
}

/* What stands there to be used can be. */
static void test_examples(void **state)
{
	static const struct draft made = {.cloud = "public",
					  .has_all_subscriptions = true};
	static const struct draft *const drafts[] = {NULL, &made};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct strbuf text, all;
		struct config *config = read_back(drafts[i], &text), *whole;
		struct err err;

		strbuf_init(&all, DRAFT_MAX_BYTES);
		uncomment(strbuf_str(&text), &all);
		whole = config_parse(strbuf_str(&all), "config.json", &err);
		if (!whole)
			fail_msg("%s\n%s", err.text, all.p);
		assert_int_equal(whole->n_credentials, 3);
		assert_int_equal(whole->n_connections, i ? 9 : 10);
		assert_int_equal(whole->n_workloads, 1);
		config_free(config);
		config_free(whole);
		strbuf_fini(&text);
		strbuf_fini(&all);
	}
}

/* Every line that asks something is a comment: nothing happens by itself. */
static void test_sample(void **state)
{
	static const char *const words[] = {"arm",	    "k8s",    "devops",
					    "prometheus",   "github", "pagerduty",
					    "alertmanager", "tls",    "grafana"};
	struct strbuf text;
	struct config *config = read_back(NULL, &text);
	struct str rest = strbuf_str(&text), line;

	(void)state;
	assert_int_equal(config->n_connections, 0);
	assert_int_equal(config->n_workloads, 0);
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		char kind[40];

		snprintf(kind, sizeof(kind), "\"kind\": \"%s\"", words[i]);
		check_case(words[i], strstr(text.p, kind) != NULL);
	}
	while (str_next(&rest, '\n', &line))
		check_case(line.p, line.n <= 79);
	config_free(config);
	strbuf_fini(&text);
}

static void test_file_names(void **state)
{
	static const struct {
		const char *name, *file;
	} cases[] = {{"aks-atlas-prod", "aks-atlas-prod"},
		     {"AKS_Atlas", "aks-atlas"},
		     {"../../etc/passwd", "etc-passwd"},
		     {"\xc3\xbc", "cluster"},
		     {"", "cluster"}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct strbuf out;

		strbuf_init(&out, 200);
		draft_put_file_name(&out, cases[i].name);
		check_text(cases[i].name, strbuf_str(&out), cases[i].file);
		strbuf_fini(&out);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_odd_names),
		cmocka_unit_test(test_alike),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_all_that_can_be_said),
		cmocka_unit_test(test_sample),
		cmocka_unit_test(test_examples),
		cmocka_unit_test(test_file_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
