/* Tokens over runs: kept, found, dropped, written once for many changes, and a file
 * that cannot be read is told once and replaced. */
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "auth/private_file.h"
#include "auth/seal.h"
#include "auth/token_cache.h"
#include "base/file.h"
#include "unit/scratch.h"

#define HOUR_MS	 INT64_C(3600000)
#define START_MS INT64_C(1773224430000)

static struct clock clock_;
static struct loop *loop;
static struct log *log_;
static struct keychain keys;

static const struct token_key atlas = {.authority = STR("https://login.example"),
				       .tenant = STR("contoso"),
				       .client = STR("app"),
				       .scope = STR("https://arm/.default"),
				       .identity = STR("thumb")};

/* Each test has a home of its own. */
static int begin(void **state)
{
	static int n;
	char name[32];
	struct err err;

	(void)state;
	snprintf(name, sizeof(name), "home%d", n++);
	unsetenv("AZDECK_PASSPHRASE_FILE");
	setenv("XDG_DATA_HOME", scratch_path(name), 1);
	setenv("XDG_STATE_HOME", scratch_path(name), 1);
	clock_init_manual(&clock_, START_MS);
	loop = loop_new(&clock_, &err);
	unlink(scratch_path("log"));
	log_ = log_new(scratch_path("log"), LOG_DEBUG, &err);
	keychain_init(&keys);
	return loop && log_ ? 0 : -1;
}

static int end(void **state)
{
	(void)state;
	keychain_fini(&keys);
	log_free(log_);
	loop_free(loop);
	return 0;
}

static struct token_cache *open_after(int64_t save_after_ms)
{
	const struct token_cache_options options = {.loop = loop,
						    .keychain = &keys,
						    .log = log_,
						    .save_after_ms = save_after_ms};

	return token_cache_new(&options);
}

static struct token_cache *open_cache(void)
{
	return open_after(INT64_C(1) << 30);
}

static void put(struct token_cache *cache, const struct token_key *key,
		const char *access, const char *refresh, int64_t lifetime_ms)
{
	const struct kept_token token = {.access = str_from(access),
					 .refresh = str_from(refresh),
					 .expires_ms =
						 clock_wall_ms(&clock_) + lifetime_ms};

	token_cache_put(cache, key, &token);
}

/* "access/refresh", or "" when there is none. */
static void check_kept(const char *name, const struct token_cache *cache,
		       const struct token_key *key, const char *want)
{
	struct kept_token got;
	char text[200] = "";

	if (token_cache_find(cache, key, &got))
		snprintf(text, sizeof(text), "%.*s/%.*s", STR_ARG(got.access),
			 STR_ARG(got.refresh));
	check_text(name, str_from(text), want);
}

static size_t count_logged(const char *text)
{
	struct strbuf all;
	const char *at;
	struct err err;
	size_t n = 0;

	strbuf_init(&all, 1 << 20);
	assert_true(file_read(scratch_path("log"), &all, &err));
	for (at = all.p; (at = strstr(at, text)); at++)
		n++;
	strbuf_fini(&all);
	return n;
}

static void a_token_is_there_in_the_next_run(void **state)
{
	struct token_cache *cache = open_cache();
	struct kept_token got;
	struct stat st;

	(void)state;
	check_kept("nothing", cache, &atlas, "");
	put(cache, &atlas, "first", "", HOUR_MS);
	check_kept("at once", cache, &atlas, "first/");
	token_cache_free(cache);
	assert_int_equal(stat(keys.tokens_path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	cache = open_cache();
	check_kept("next run", cache, &atlas, "first/");
	assert_true(token_cache_find(cache, &atlas, &got));
	assert_true(got.expires_ms == START_MS + HOUR_MS);
	clock_advance(&clock_, HOUR_MS);
	check_kept("over", cache, &atlas, "");
	token_cache_free(cache);
	assert_int_equal(count_logged("\n"), 0);
}

/* Nor is a key made for it. */
static void what_is_held_is_kept_when_it_is_let_go(void **state)
{
	struct token_cache *cache = open_cache();

	(void)state;
	token_cache_hold(cache, true);
	put(cache, &atlas, "mine", "", HOUR_MS);
	check_kept("at once", cache, &atlas, "mine/");
	token_cache_free(cache);
	assert_int_equal(access(keys.tokens_path, F_OK), -1);
	assert_int_equal(access(keys.key_path, F_OK), -1);
	cache = open_cache();
	token_cache_hold(cache, true);
	put(cache, &atlas, "mine", "", HOUR_MS);
	token_cache_hold(cache, false);
	token_cache_free(cache);
	cache = open_cache();
	check_kept("next run", cache, &atlas, "mine/");
	token_cache_free(cache);
}

static void every_part_of_the_key_counts(void **state)
{
	struct token_key other[5] = {atlas, atlas, atlas, atlas, atlas};
	struct token_cache *cache = open_cache();

	(void)state;
	other[0].authority = STR("https://login.other");
	other[1].tenant = STR("fabrikam");
	other[2].client = STR("ap");
	other[3].scope = STR("");
	other[4].identity = STR("");
	put(cache, &atlas, "mine", "", HOUR_MS);
	for (size_t i = 0; i < 5; i++)
		check_kept("other", cache, &other[i], "");
	check_kept("same", cache, &atlas, "mine/");
	/* Parts do not run into each other. */
	other[0] = atlas;
	other[0].tenant = STR("contosoap");
	other[0].client = STR("p");
	check_kept("moved", cache, &other[0], "");
	token_cache_free(cache);
}

static void some_are_never_kept(void **state)
{
	static char large[40000];
	struct token_key sim = atlas, odd = atlas;
	struct token_cache *cache = open_cache();
	const struct kept_token token = {.access = {large, sizeof(large)},
					 .expires_ms = START_MS + HOUR_MS};

	(void)state;
	sim.authority = STR("http://127.0.0.1:4711");
	odd.client = STR("a\nb");
	put(cache, &sim, "sim", "", HOUR_MS);
	put(cache, &odd, "odd", "", HOUR_MS);
	token_cache_put(cache, &atlas, &token);
	check_kept("the simulator's", cache, &sim, "");
	check_kept("an odd key", cache, &odd, "");
	check_kept("a large one", cache, &atlas, "");
	token_cache_free(cache);
	assert_int_not_equal(access(keys.tokens_path, F_OK), 0);
	assert_int_not_equal(access(keys.key_path, F_OK), 0);
}

static void refresh_tokens_outlive_the_access_token(void **state)
{
	struct token_cache *cache = open_cache();

	(void)state;
	put(cache, &atlas, "short", "long", HOUR_MS);
	check_kept("both", cache, &atlas, "short/long");
	clock_advance(&clock_, 2 * HOUR_MS);
	check_kept("one", cache, &atlas, "/long");
	token_cache_free(cache);
	cache = open_cache();
	check_kept("next run", cache, &atlas, "/long");
	token_cache_free(cache);
}

static void a_dropped_token_is_gone_for_good(void **state)
{
	struct token_cache *cache = open_cache();

	(void)state;
	put(cache, &atlas, "revoked", "", HOUR_MS);
	token_cache_free(cache);
	clock_advance(&clock_, 1);
	cache = open_cache();
	token_cache_drop(cache, &atlas);
	check_kept("dropped", cache, &atlas, "");
	token_cache_free(cache);
	cache = open_cache();
	check_kept("next run", cache, &atlas, "");
	token_cache_drop(cache, &atlas);
	token_cache_free(cache);
}

/* Turns the loop until the file is there. */
static void wait_for_file(void)
{
	for (int i = 0; i < 6000 && access(keys.tokens_path, F_OK) != 0; i++)
		loop_turn(loop, 10);
	assert_int_equal(access(keys.tokens_path, F_OK), 0);
}

static void changes_are_written_from_the_pool(void **state)
{
	struct token_cache *cache = open_after(0), *second;

	(void)state;
	put(cache, &atlas, "first", "", HOUR_MS);
	wait_for_file();
	second = open_cache();
	check_kept("written", second, &atlas, "first/");
	token_cache_free(second);
	assert_int_equal(unlink(keys.tokens_path), 0);
	put(cache, &atlas, "second", "", HOUR_MS);
	wait_for_file();
	second = open_cache();
	check_kept("and again", second, &atlas, "second/");
	token_cache_free(second);
	token_cache_free(cache);
}

/* The write may be under way when the cache goes. */
static void the_cache_may_go_at_any_moment(void **state)
{
	(void)state;
	for (int turns = 0; turns < 8; turns++) {
		struct token_cache *cache = open_after(0);
		char text[16];

		snprintf(text, sizeof(text), "t%d", turns);
		put(cache, &atlas, text, "", HOUR_MS);
		for (int i = 0; i < turns; i++)
			loop_turn(loop, 0);
		clock_advance(&clock_, 1);
		snprintf(text, sizeof(text), "u%d", turns);
		put(cache, &atlas, text, "", HOUR_MS);
		token_cache_free(cache);
		cache = open_cache();
		snprintf(text, sizeof(text), "u%d/", turns);
		check_kept("the last one", cache, &atlas, text);
		token_cache_free(cache);
		clock_advance(&clock_, 1);
	}
}

static void two_processes_keep_both_their_tokens(void **state)
{
	struct token_cache *one = open_cache(), *two = open_cache();
	struct token_key other = atlas;

	(void)state;
	other.tenant = STR("fabrikam");
	put(one, &atlas, "one", "", HOUR_MS);
	put(two, &other, "two", "", HOUR_MS);
	token_cache_free(one);
	token_cache_free(two);
	one = open_cache();
	check_kept("one", one, &atlas, "one/");
	check_kept("two", one, &other, "two/");
	token_cache_free(one);
}

static void write_foreign(const char *what)
{
	struct secret other = {0};
	struct err err;

	secret_reserve(&other, SEAL_KEY_BYTES);
	if (strcmp(what, "another key") == 0)
		assert_true(seal_file_write(keys.tokens_path, &other, STR("tokens"),
					    STR("x"), &err));
	else if (strcmp(what, "not ours inside") == 0)
		assert_true(keychain_open_or_make(&keys, &err) &&
			    seal_file_write(keys.tokens_path, &keys.key, STR("tokens"),
					    STR("x"), &err));
	else
		assert_true(private_file_write(keys.tokens_path, str_from(what), &err));
	secret_fini(&other);
}

static void a_file_that_cannot_be_read_is_told_and_replaced(void **state)
{
	static const char *const contents[] = {"", "{\"access_token\": \"x\"}",
					       "another key", "not ours inside"};

	(void)state;
	for (size_t i = 0; i < sizeof(contents) / sizeof(*contents); i++) {
		struct token_cache *cache;
		struct err err;

		assert_int_equal(end(NULL), 0);
		assert_int_equal(begin(NULL), 0);
		assert_true(keychain_open_or_make(&keys, &err));
		write_foreign(contents[i]);
		cache = open_cache();
		check_kept(contents[i], cache, &atlas, "");
		check_case(contents[i], count_logged("no tokens from before") == 1);
		put(cache, &atlas, "new", "", HOUR_MS);
		token_cache_free(cache);
		cache = open_cache();
		check_kept(contents[i], cache, &atlas, "new/");
		token_cache_free(cache);
		check_case(contents[i], count_logged("no tokens from before") == 1);
	}
}

/* Nobody is asked for a passphrase from here: what cannot be opened is told. */
static void a_locked_key_is_told(void **state)
{
	static const struct seal_key_cost cheap = {.passes = 1, .memory_kib = 8};
	struct secret passphrase = {0};
	struct token_cache *cache;
	struct err err;

	(void)state;
	secret_set(&passphrase, STR("passphrase"));
	keys.cost = &cheap;
	assert_true(keychain_wrap(&keys, &passphrase, &err));
	cache = open_cache(); /* with the open key */
	put(cache, &atlas, "one", "", HOUR_MS);
	token_cache_free(cache);
	keychain_fini(&keys);
	keychain_init(&keys);
	cache = open_cache();
	check_kept("locked", cache, &atlas, "");
	assert_int_equal(count_logged("AZDECK_PASSPHRASE_FILE"), 1);
	put(cache, &atlas, "two", "", HOUR_MS);
	token_cache_free(cache);
	assert_int_equal(count_logged("tokens are not kept for the next run"), 1);
	secret_fini(&passphrase);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_token_is_there_in_the_next_run),
		TEST(what_is_held_is_kept_when_it_is_let_go),
		TEST(every_part_of_the_key_counts),
		TEST(some_are_never_kept),
		TEST(refresh_tokens_outlive_the_access_token),
		TEST(a_dropped_token_is_gone_for_good),
		TEST(changes_are_written_from_the_pool),
		TEST(the_cache_may_go_at_any_moment),
		TEST(two_processes_keep_both_their_tokens),
		TEST(a_file_that_cannot_be_read_is_told_and_replaced),
		TEST(a_locked_key_is_told),
	};

	return secret_setup() ? cmocka_run_group_tests(tests, scratch_make, scratch_drop)
			      : 1;
}
