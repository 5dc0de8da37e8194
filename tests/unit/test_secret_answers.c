/* Answers that hold secrets: what is left of one in memory and on disk once the rows
 * are made. The secret is made up here and named nowhere. */
#include "board_fixture.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/secret.h"
#include "base/strbuf.h"
#include "base/xalloc.h"
#include "board/answers.h"
#include "fake/fake_loop.h"
#include "unit/memory_scan.h"

/* {"tid":"contoso","oid":"reader"} */
#define READER "e.eyJ0aWQiOiJjb250b3NvIiwib2lkIjoicmVhZGVyIn0.s"

static char base[] = "/tmp/azdeck-secret-XXXXXX";

static const char definition[] =
	"{\"title\": \"T\", \"category\": \"test\", \"about\": \"A.\", \"requests\": "
	"{\"a\": {\"get\": \"/a\", \"secret\": true}}, \"rows\": "
	"\"unfold(a.value, &items(properties))[].{name: child[0], v: child[1]}\", "
	"\"key\": "
	"\"name\", \"columns\": [{\"name\": \"name\", \"title\": \"N\", \"value\": "
	"\"name\"}, "
	"{\"name\": \"holds\", \"title\": \"H\", \"value\": "
	"\"when(match(v, '(?i)AccountKey='), 'key', join('', ['no', ' key']))\"}]}";

struct run {
	struct loop *loop;
	struct api *api;
	struct answers *answers;
	struct connection azure;
	int n_told;
};

static int make_base(void **state)
{
	(void)state;
	return secret_setup() && mkdtemp(base) ? 0 : -1;
}

static int drop_base(void **state)
{
	(void)state;
	return rmdir(base);
}

static void run_init(struct run *r)
{
	*r = (struct run){.loop = fake_loop_new(FIXTURE_NOW_MS), .api = fake_api_new()};
	r->azure =
		(struct connection){.name = xstrdup("azure"),
				    .kind = CONN_ARM,
				    .base_url = xstrdup("https://arm.test"),
				    .credential = fake_credential_new(r->loop, READER)};
	r->answers = answers_new(r->api, r->loop, answer_disk_new(base, r->loop, NULL));
}

static void run_fini(struct run *r)
{
	answers_free(r->answers);
	fake_credential_free(r->azure.credential);
	fake_api_free(r->api);
	fake_loop_free(r->loop);
	free(r->azure.name);
	free(r->azure.base_url);
}

static void told(struct got_answer *answer, void *ctx)
{
	assert_true(answer->is_done);
	((struct run *)ctx)->n_told++;
}

static void settle(struct run *r)
{
	for (int i = 0; i < 5; i++) {
		fake_loop_advance(r->loop, 0);
		fake_loop_work(r->loop);
	}
}

/* As if a board wanted it kept for hours, on disk too. */
static struct got_answer *ask(struct run *r, bool is_secret)
{
	const struct api_call call = {.connection = &r->azure,
				      .path = STR("/a"),
				      .is_secret = is_secret};
	const struct freshness freshness = {.max_ms = 4 * 3600000,
					    .keep_ms = 4 * 3600000,
					    .is_kept = true};
	struct got_answer *held = answers_ask(r->answers, &call, freshness, told, r);

	settle(r);
	return held;
}

static size_t n_files(void)
{
	struct file_list list;
	struct err err;
	size_t n;

	assert_true(file_list(base, "", &list, &err));
	n = list.n;
	file_list_fini(&list);
	return n;
}

static void drop_files(void)
{
	struct file_list list;
	char path[256];
	struct err err;

	assert_true(file_list(base, "", &list, &err));
	for (size_t i = 0; i < list.n; i++) {
		snprintf(path, sizeof(path), "%s/%s", base, list.names[i]);
		unlink(path);
	}
	file_list_fini(&list);
}

/* {"value":[{"properties":{"STORAGE":"AccountKey=..."}}]} with letters that nobody
 * knows; the needle is the first of them. */
static void make_answer(struct strbuf *out, struct memory_needle *needle)
{
	unsigned char random[32];
	char letters[2 * sizeof(random) + 1];

	randombytes_buf(random, sizeof(random));
	sodium_bin2hex(letters, sizeof(letters), random, sizeof(random));
	memory_needle_set(needle, letters);
	strbuf_init(out, 4096);
	out->is_secret = true;
	strbuf_puts(out, "{\"value\":[{\"properties\":{\"STORAGE\":\"AccountKey=");
	strbuf_put(out, (struct str){letters, sizeof(letters) - 1});
	strbuf_puts(out, "\",\"NODE\":\"~20\"}}]}");
	secret_wipe(random, sizeof(random));
	secret_wipe(letters, sizeof(letters));
}

static void test_nothing_is_left_in_memory(void **state)
{
	struct board_def *def = fixture_def(definition);
	struct memory_needle needle;
	struct board *board = NULL;
	struct got_answer *held;
	struct strbuf text;
	struct err err;
	struct run r;
	cJSON *root;

	(void)state;
	run_init(&r);
	held = ask(&r, true);
	make_answer(&text, &needle);
	fake_api_answer(r.api, "/a", text.p);
	strbuf_fini(&text);
	root = cJSON_CreateObject();
	cJSON_AddItemReferenceToObject(root, "a", held->json);
	if (memory_can_be_scanned())
		assert_true(memory_scan(&needle).elsewhere > 0);
	assert_true(board_decode(def, root, FIXTURE_NOW_MS, &board, &err));
	cJSON_Delete(root);
	answers_put(r.answers, held, &r);
	assert_int_equal(board->n_rows, 2);
	assert_string_equal(board->rows[0].cells[1].text, "key");
	/* The source of a row is what the detail screen shows. */
	assert_int_equal(board->rows[0].raw.n, 0);
	assert_int_equal(answers_count(r.answers), 0);
	settle(&r);
	if (memory_can_be_scanned()) {
		struct memory_found found = memory_scan(&needle);

		assert_int_equal(found.elsewhere, 0);
		assert_int_equal(found.locked, 0);
	} else {
		print_message("# memory cannot be looked at in this build\n");
	}
	board_put(board);
	board_def_put(def);
	run_fini(&r);
}

static void test_nothing_lands_on_disk(void **state)
{
	(void)state;
	for (int is_secret = 0; is_secret < 2; is_secret++) {
		struct got_answer *held;
		struct run r;

		run_init(&r);
		held = ask(&r, is_secret);
		fake_api_answer(r.api, "/a", "{\"v\":1}");
		settle(&r);
		answers_put(r.answers, held, &r);
		/* The others are: so the test would see it. */
		assert_int_equal(n_files(), is_secret ? 0 : 1);
		assert_int_equal(answers_count(r.answers), is_secret ? 0 : 1);
		run_fini(&r);
		drop_files();
	}
}

/* A board that does not call it secret asks for itself. */
static void test_it_is_nobody_elses(void **state)
{
	struct got_answer *secret, *plain;
	struct run r;

	(void)state;
	run_init(&r);
	secret = ask(&r, true);
	plain = ask(&r, false);
	assert_int_equal(fake_api_open(r.api), 2);
	fake_api_answer(r.api, "/a", "{\"v\":1}");
	fake_api_answer(r.api, "/a", "{\"v\":1}");
	settle(&r);
	assert_ptr_not_equal(secret->json, plain->json);
	answers_put(r.answers, secret, &r);
	answers_put(r.answers, plain, &r);
	run_fini(&r);
	drop_files();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing_is_left_in_memory),
		cmocka_unit_test(test_nothing_lands_on_disk),
		cmocka_unit_test(test_it_is_nobody_elses),
	};

	return cmocka_run_group_tests_name("secret_answers", tests, make_base, drop_base);
}
