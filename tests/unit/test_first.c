/* The worker's part of a first run against a fake service: what is asked, to the
 * letter; what cannot be had, and that the rest goes on; the files, all or none. */
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include "azure/api.h"
#include "base/file.h"
#include "base/vec.h"
#include "wire/client.h"
#include "worker/first/first.h"

#define TENANT "/contoso.example/oauth2/v2.0/"
#define SUBS   "/subscriptions?api-version=2022-12-01"
#define GRAPH  "/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01"
#define ME     "/_vssps/_apis/profile/profiles/me?api-version=7.1"
#define ORGS   "/_vssps/_apis/accounts?api-version=7.1&memberId=me-1"
#define CODE                                                                             \
	"{\"user_code\":\"YZMYLD4K\",\"device_code\":\"d1\",\"interval\":1,"             \
	"\"expires_in\":900,\"verification_uri\":\"https://microsoft.example/link\"}"
#define TOKEN                                                                            \
	"{\"access_token\":\"t0ken\",\"expires_in\":3599,\"refresh_token\":\"r3fresh\"}"
#define DENIED "{\"error\":{\"code\":\"AuthorizationFailed\",\"message\":\"No.\"}}"

struct bench {
	struct client *c;
	struct api *api;
	struct first *first;
	VEC(struct first_news *) news;
	char code[32];
	char dir[64], path[96];
	int n_live;
};

static void take(void *ctx, struct first_news *news)
{
	vec_push(&((struct bench *)ctx)->news, news);
}

static bool go_live(void *ctx, struct err *err)
{
	(void)err;
	((struct bench *)ctx)->n_live++;
	return true;
}

static void tell_code(const char *credential, const struct credential_code *code,
		      void *ctx)
{
	struct bench *b = ctx;

	assert_string_equal(credential, "me");
	if (code)
		snprintf(b->code, sizeof(b->code), "%.*s", STR_ARG(code->user_code));
}

static int set_up(void **state)
{
	struct bench *b = calloc(1, sizeof(*b));

	client_setup((void **)&b->c);
	setenv("AZDECK_SIM", fake_server_url(b->c->server), 1);
	strcpy(b->dir, "/tmp/azdeck-first-XXXXXX");
	if (!mkdtemp(b->dir))
		return -1;
	snprintf(b->path, sizeof(b->path), "%s/a/config.json", b->dir);
	b->api = api_new(b->c->http, b->c->loop, NULL);
	b->first = first_new(&(struct first_host){.loop = b->c->loop,
						  .api = b->api,
						  .credentials = {.http = b->c->http,
								  .loop = b->c->loop,
								  .tell_code = tell_code,
								  .tell_ctx = b},
						  .config_path = b->path,
						  .tell = take,
						  .live = go_live,
						  .ctx = b});
	*state = b;
	return 0;
}

static int tear_down(void **state)
{
	struct bench *b = *state;
	char command[128];

	first_free(b->first);
	api_free(b->api);
	for (size_t i = 0; i < b->news.n; i++)
		first_news_free(b->news.p[i]);
	vec_fini(&b->news);
	client_teardown((void **)&b->c);
	snprintf(command, sizeof(command), "rm -r %s", b->dir);
	free(b);
	return system(command);
}

static void on(struct bench *b, const char *method, const char *path, int status,
	       const char *body)
{
	fake_server_on(b->c->server, method, path,
		       (struct fake_reply){.status = status, .body = str_from(body)});
}

static void order(struct bench *b, enum first_order_kind kind, unsigned run,
		  const char *name)
{
	struct first_order *o = first_order_new(kind, run);

	o->cloud = FIRST_SIM;
	o->tenant = "contoso.example";
	o->names = &name;
	o->n_names = name != NULL;
	first_obey(b->first, o);
	first_order_free(o);
}

static void wait_for(struct bench *b, size_t n)
{
	for (int i = 0; i < 800 && b->news.n < n; i++)
		loop_turn(b->c->loop, 25);
	assert_int_equal(b->news.n, n);
}

static const struct first_news *listed(const struct bench *b, enum first_list list)
{
	for (size_t i = 0; i < b->news.n; i++) {
		if (b->news.p[i]->kind == FIRST_LISTED && b->news.p[i]->list == list)
			return b->news.p[i];
	}
	fail_msg("list %d never came", list);
	return NULL;
}

static void sign_in(struct bench *b)
{
	on(b, "POST", TENANT "devicecode", 200, CODE);
	on(b, "POST", TENANT "token", 200, TOKEN);
	order(b, FIRST_SIGN_IN, 1, NULL);
}

static void test_lists(void **state)
{
	struct bench *b = *state;
	const struct first_news *news;
	char next[300];

	snprintf(next, sizeof(next),
		 "{\"value\":[{\"subscriptionId\":\"s2\",\"displayName\":\"B\"}],"
		 "\"nextLink\":\"%s/more\"}",
		 fake_server_url(b->c->server));
	on(b, "GET", SUBS, 200, next);
	on(b, "GET", "/more", 200,
	   "{\"value\":[{\"subscriptionId\":\"s1\",\"displayName\":\"A\",\"state\":"
	   "\"Disabled\"},{\"displayName\":\"no id\"},7]}");
	on(b, "POST", GRAPH, 200,
	   "{\"data\":[{\"id\":\"/subscriptions/s2/x/web\",\"name\":\"web\"}]}");
	on(b, "GET", ME, 200, "{\"id\":\"me-1\"}");
	on(b, "GET", ORGS, 200, "{\"value\":[{\"accountName\":\"contoso\"}]}");
	sign_in(b);
	wait_for(b, 4);
	assert_string_equal(b->code, "YZMYLD4K");
	assert_int_equal(b->news.p[0]->kind, FIRST_SIGNED_IN);
	assert_int_equal(b->news.p[0]->err.code, ERR_NONE);
	news = listed(b, FIRST_SUBSCRIPTIONS);
	assert_int_equal(news->n_items, 2);
	assert_string_equal(news->items[0].name, "A");
	assert_string_equal(news->items[0].note, "Disabled");
	assert_string_equal(news->items[1].id, "s2");
	assert_string_equal(listed(b, FIRST_CLUSTERS)->items[0].name, "web");
	assert_string_equal(listed(b, FIRST_ORGANIZATIONS)->items[0].name, "contoso");
	on(b, "GET", "/_devops/contoso/_apis/projects?api-version=7.1&$top=200", 200,
	   "{\"value\":[{\"name\":\"Qodex\"},{\"name\":\"Atlas\"}]}");
	order(b, FIRST_ASK_PROJECTS, 1, "contoso");
	wait_for(b, 5);
	news = listed(b, FIRST_PROJECTS);
	assert_string_equal(news->items[0].name, "Atlas");
	assert_string_equal(news->items[0].parent, "contoso");
	assert_int_equal(fake_server_unexpected(b->c->server), 0);
}

/* One that is refused says so and costs its own list only. */
static void test_refused(void **state)
{
	struct bench *b = *state;

	on(b, "GET", SUBS, 200, "{\"value\":[]}");
	on(b, "POST", GRAPH, 403, DENIED);
	on(b, "GET", ME, 403, "{\"message\":\"TF400813: not authorized\"}");
	sign_in(b);
	wait_for(b, 4);
	assert_int_equal(listed(b, FIRST_SUBSCRIPTIONS)->err.code, ERR_NONE);
	assert_int_equal(listed(b, FIRST_SUBSCRIPTIONS)->n_items, 0);
	assert_int_equal(listed(b, FIRST_CLUSTERS)->err.code, ERR_FORBIDDEN);
	assert_int_equal(listed(b, FIRST_ORGANIZATIONS)->err.code, ERR_FORBIDDEN);
	/* An order of another run means nothing here. */
	order(b, FIRST_ASK_PROJECTS, 2, "contoso");
	on(b, "POST",
	   "/subscriptions/s/x%20y/listClusterUserCredential?api-version="
	   "2024-09-01",
	   403, DENIED);
	order(b, FIRST_LOCATE, 1, "/subscriptions/s/x y");
	wait_for(b, 5);
	assert_int_equal(b->news.p[4]->kind, FIRST_LOCATED);
	assert_string_equal(b->news.p[4]->about, "/subscriptions/s/x y");
	assert_int_equal(b->news.p[4]->err.code, ERR_FORBIDDEN);
}

static void test_stopped(void **state)
{
	struct bench *b = *state;

	sign_in(b);
	for (int i = 0; i < 400 && !b->code[0]; i++)
		loop_turn(b->c->loop, 25);
	assert_string_equal(b->code, "YZMYLD4K");
	order(b, FIRST_STOP, 2, NULL);
	assert_null(first_take_credential(b->first));
	assert_int_equal(b->news.n, 0);
}

static void check_cluster(const char *name, const char *kubeconfig, const char *address,
			  const char *ca)
{
	struct first_news *news = first_news_new(FIRST_LOCATED, 1);
	cJSON *answer = cJSON_CreateObject(),
	      *list = cJSON_AddArrayToObject(answer, "kubeconfigs"),
	      *item = cJSON_CreateObject();
	char base64[4096];
	struct err err;
	bool ok;

	sodium_bin2base64(base64, sizeof(base64), (const unsigned char *)kubeconfig,
			  strlen(kubeconfig), sodium_base64_VARIANT_ORIGINAL);
	cJSON_AddStringToObject(item, "value", base64);
	cJSON_AddItemToArray(list, item);
	ok = first_read_cluster(news, answer, &err);
	check_case(name, ok == (address != NULL));
	if (address)
		check_text(name, str_from(news->address), address);
	check_case(name, (news->ca != NULL) == (ok && ca != NULL));
	if (ok && ca)
		check_text(name, str_from(news->ca), ca);
	cJSON_Delete(answer);
	first_news_free(news);
}

#define CLUSTER(more)                                                                    \
	"clusters:\n- name: web\n  cluster:\n    server: https://web.example:443\n" more
#define EXEC "users:\n- name: me\n  user:\n    exec:\n      command: kubelogin\n"

static void test_clusters(void **state)
{
	(void)state;
	check_cluster("as Entra has it",
		      CLUSTER("    certificate-authority-data: "
			      "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCg==\n") EXEC,
		      "https://web.example:443", "-----BEGIN CERTIFICATE-----\n");
	check_cluster("nobody vouches", CLUSTER("") EXEC, "https://web.example:443",
		      NULL);
	check_cluster("a key in place of a certificate",
		      CLUSTER("    certificate-authority-data: c2VjcmV0\n") EXEC, NULL,
		      NULL);
	check_cluster("users of its own",
		      CLUSTER("") "users:\n- name: me\n  user:\n    token: t0ken\n", NULL,
		      NULL);
	check_cluster("in plain text",
		      "clusters:\n- cluster:\n    server: http://web.example\n" EXEC,
		      NULL, NULL);
	check_cluster("no YAML", "\t- [", NULL, NULL);
	check_cluster("nothing", "", NULL, NULL);
}

static void write_it(struct bench *b, const char *text)
{
	struct first_order *o = first_order_new(FIRST_WRITE, 1);
	struct first_file file = {"clusters/web.pem", STR("pem")};

	o->text = str_from(text);
	o->files = &file;
	o->n_files = 1;
	first_obey(b->first, o);
	first_order_free(o);
}

static bool has_file(const struct bench *b, const char *name, const char *text)
{
	struct strbuf got;
	struct err err;
	char path[128];
	bool is_so;

	snprintf(path, sizeof(path), "%s/a/%s", b->dir, name);
	strbuf_init(&got, 1000);
	is_so = file_read(path, &got, &err) && str_eq(strbuf_str(&got), str_from(text));
	strbuf_fini(&got);
	return is_so;
}

static void test_files(void **state)
{
	struct bench *b = *state;
	struct err err;
	struct stat st;

	write_it(b, "{\"nonsense\": 1}");
	assert_int_equal(b->news.p[0]->err.code, ERR_CONFIG);
	assert_int_equal(access(b->path, F_OK), -1);
	write_it(b, "{}");
	assert_int_equal(b->news.p[1]->err.code, ERR_NONE);
	assert_int_equal(b->n_live, 1);
	assert_true(has_file(b, "config.json", "{}"));
	assert_true(has_file(b, "clusters/web.pem", "pem"));
	assert_int_equal(stat(b->path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	/* Never over what is there, and nothing beside it then. */
	assert_true(file_write(b->path, STR("{} // mine"), &err));
	write_it(b, "{}");
	assert_int_equal(b->news.p[2]->err.code, ERR_CONFLICT);
	assert_true(has_file(b, "config.json", "{} // mine"));
	assert_int_equal(b->n_live, 1);
}

/* What was made before it failed is taken away again. */
static void test_none_of_it(void **state)
{
	struct bench *b = *state;
	char path[128];

	snprintf(path, sizeof(path), "%s/a", b->dir);
	assert_int_equal(mkdir(path, 0700), 0);
	assert_int_equal(symlink("nowhere", b->path), 0);
	write_it(b, "{}");
	assert_int_equal(b->news.p[0]->err.code, ERR_CONFLICT);
	snprintf(path, sizeof(path), "%s/a/clusters/web.pem", b->dir);
	assert_int_equal(access(path, F_OK), -1);
	assert_int_equal(b->n_live, 0);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, set_up, tear_down)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_lists), TEST(test_refused),	 TEST(test_stopped),
		TEST(test_files), TEST(test_none_of_it), cmocka_unit_test(test_clusters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
