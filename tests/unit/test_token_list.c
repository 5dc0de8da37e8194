/* Kept tokens as a list: put, dropped, pruned, merged, and there and back as bytes. */
#include "unit/check.h"

#include <stdio.h>

#include "auth/pack.h"
#include "auth/seal.h"
#include "auth/token_list.h"
#include "base/strbuf.h"

#define DAY_MS INT64_C(86400000)
#define NOW_MS (1000 * DAY_MS)

static int by_key(const void *a, const void *b)
{
	return strcmp(((const struct token_entry *)a)->key,
		      ((const struct token_entry *)b)->key);
}

/* "key=access/refresh" or "key!" for a mark, in order. */
static void check_list(const char *name, struct token_list *list, const char *want)
{
	const struct token_entry *e;
	struct strbuf got;

	if (list->all.n)
		qsort(list->all.p, list->all.n, sizeof(*list->all.p), by_key);
	strbuf_init(&got, 4096);
	vec_each (e, &list->all) {
		strbuf_printf(&got, "%s%s", got.n ? " " : "", e->key);
		if (e->is_dropped)
			strbuf_putc(&got, '!');
		else
			strbuf_printf(&got, "=%.*s/%.*s", STR_ARG(token_entry_access(e)),
				      STR_ARG(token_entry_refresh(e)));
	}
	check_text(name, strbuf_str(&got), want);
	strbuf_fini(&got);
}

static void put(struct token_list *list, const char *key, const char *access,
		const char *refresh, int64_t expires_ms, int64_t got_ms)
{
	token_list_put(list, str_from(key), str_from(access), str_from(refresh),
		       expires_ms, got_ms);
}

static void tokens_are_put_replaced_and_dropped(void **state)
{
	struct token_list list = {0};
	struct token_entry *e;

	(void)state;
	put(&list, "b", "one", "", 5, 1);
	put(&list, "a", "two", "again", 6, 2);
	check_list("two", &list, "a=two/again b=one/");
	put(&list, "b", "", "only", 7, 3);
	check_list("replaced", &list, "a=two/again b=/only");
	e = token_list_find(&list, STR("b"));
	assert_true(e && e->expires_ms == 7 && e->got_ms == 3);
	/* What it has itself may be put. */
	token_list_put(&list, STR("a"),
		       token_entry_refresh(token_list_find(&list, STR("a"))),
		       token_entry_access(token_list_find(&list, STR("a"))), 8, 4);
	check_list("its own", &list, "a=again/two b=/only");
	token_list_drop(&list, STR("a"), 5);
	token_list_drop(&list, STR("never seen"), 5);
	check_list("dropped", &list, "a! b=/only never seen!");
	put(&list, "a", "new", "", 9, 6);
	check_list("put again", &list, "a=new/ b=/only never seen!");
	assert_null(token_list_find(&list, STR("c")));
	token_list_fini(&list);
}

static void what_is_of_no_use_is_pruned(void **state)
{
	static const struct {
		const char *name, *access, *refresh;
		int64_t expires_ms, got_ms;
		bool is_kept;
	} cases[] = {
		{"good", "a", "", NOW_MS + 1, NOW_MS - 1, true},
		{"over", "a", "", NOW_MS, NOW_MS - 1, false},
		{"over, but refreshed", "a", "r", NOW_MS - 1, NOW_MS - DAY_MS, true},
		{"refresh alone", "", "r", 0, NOW_MS - 89 * DAY_MS, true},
		{"old refresh", "", "r", 0, NOW_MS - 90 * DAY_MS, false},
		{"old refresh, good access", "a", "r", NOW_MS + 1, 0, true},
		{"nothing", "", "", NOW_MS + 1, NOW_MS, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct token_list list = {0};

		put(&list, "k", cases[i].access, cases[i].refresh, cases[i].expires_ms,
		    cases[i].got_ms);
		token_list_prune(&list, NOW_MS);
		check_case(cases[i].name, (list.all.n == 1) == cases[i].is_kept);
		token_list_fini(&list);
	}
}

static void marks_and_wrong_clocks_are_pruned(void **state)
{
	struct token_list list = {0};

	(void)state;
	token_list_drop(&list, STR("gone"), NOW_MS);
	put(&list, "future", "a", "", NOW_MS + 9, NOW_MS + 5);
	token_list_prune(&list, NOW_MS);
	check_list("left", &list, "future=a/");
	assert_true(list.all.p[0].got_ms == NOW_MS);
	token_list_fini(&list);
}

static void of_too_many_the_oldest_go(void **state)
{
	static char large[TOKEN_MAX];
	struct token_list list = {0};
	struct secret plain = {0};
	char key[16];

	(void)state;
	for (int i = 0; i < TOKEN_LIST_MOST + 10; i++) {
		snprintf(key, sizeof(key), "k%d", i);
		put(&list, key, "a", "", NOW_MS + 1, NOW_MS - 1000 + i);
	}
	token_list_prune(&list, NOW_MS);
	assert_int_equal(list.all.n, TOKEN_LIST_MOST);
	assert_null(token_list_find(&list, STR("k9")));
	assert_non_null(token_list_find(&list, STR("k10")));
	token_list_fini(&list);
	for (int i = 0; i < 40; i++) {
		snprintf(key, sizeof(key), "k%d", i);
		token_list_put(&list, str_from(key), (struct str){large, sizeof(large)},
			       STR(""), NOW_MS + 1, i);
	}
	token_list_prune(&list, NOW_MS);
	assert_int_equal(list.all.n, 31);
	assert_non_null(token_list_find(&list, STR("k39")));
	token_list_pack(&list, &plain);
	assert_true(plain.n <= SEAL_MAX_BYTES);
	secret_fini(&plain);
	token_list_fini(&list);
}

static void the_newer_one_wins_a_merge(void **state)
{
	static const struct {
		const char *name;
		int64_t ours_ms, theirs_ms; /* 0: none; negative: dropped then */
		const char *want;
	} cases[] = {
		{"ours alone", 1, 0, "k=ours/"},
		{"theirs alone", 0, 1, "k=theirs/"},
		{"ours newer", 2, 1, "k=ours/"},
		{"theirs newer", 1, 2, "k=theirs/"},
		{"the same", 1, 1, "k=ours/"},
		{"dropped by us", -2, 1, "k!"},
		{"renewed after", -1, 2, "k=theirs/"},
		{"dropped by them", 1, -2, "k!"},
		{"neither", 0, 0, ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct token_list ours = {0}, theirs = {0};

		if (cases[i].ours_ms > 0)
			put(&ours, "k", "ours", "", 9, cases[i].ours_ms);
		else if (cases[i].ours_ms < 0)
			token_list_drop(&ours, STR("k"), -cases[i].ours_ms);
		if (cases[i].theirs_ms > 0)
			put(&theirs, "k", "theirs", "", 9, cases[i].theirs_ms);
		else if (cases[i].theirs_ms < 0)
			token_list_drop(&theirs, STR("k"), -cases[i].theirs_ms);
		token_list_merge(&ours, &theirs);
		check_list(cases[i].name, &ours, cases[i].want);
		check_case(cases[i].name, theirs.all.n == 0);
		token_list_fini(&ours);
	}
}

static void bytes_bring_all_but_the_marks_back(void **state)
{
	struct token_list list = {0}, again = {0}, copy = {0};
	struct secret plain = {0};
	struct err err;

	(void)state;
	token_list_pack(&list, &plain);
	assert_int_equal(plain.n, 0);
	assert_true(token_list_parse(&again, secret_borrow(&plain), "F", &err));
	put(&list, "a", "access", "refresh", 5, -3);
	put(&list, "b", "", "refresh", INT64_MAX, INT64_MIN);
	token_list_drop(&list, STR("c"), 1);
	token_list_copy(&copy, &list);
	check_list("copied", &copy, "a=access/refresh b=/refresh c!");
	token_list_pack(&list, &plain);
	assert_true(token_list_parse(&again, secret_borrow(&plain), "F", &err));
	check_list("back", &again, "a=access/refresh b=/refresh");
	assert_true(again.all.p[0].expires_ms == 5 && again.all.p[0].got_ms == -3);
	assert_true(again.all.p[1].expires_ms == INT64_MAX);
	token_list_fini(&list);
	token_list_fini(&again);
	token_list_fini(&copy);
	secret_fini(&plain);
}

static void put_bytes(struct pack_writer *w, struct str key, struct str access)
{
	pack_text(w, key);
	pack_i64(w, 1);
	pack_i64(w, 2);
	pack_text(w, access);
	pack_text(w, STR("r"));
}

static void other_bytes_are_refused_whole(void **state)
{
	static const struct {
		const char *name;
		struct str key;
		size_t cut;
	} cases[] = {
		{"cut", {"b", 1}, 1},
		{"no key", {"", 0}, 0},
		{"the same key", {"a", 1}, 0},
		{"a zero in the key", {"b\0c", 3}, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct token_list list = {0};
		char bytes[200];
		struct pack_writer w = {.p = bytes};
		struct err err;

		put_bytes(&w, STR("a"), STR("x"));
		put_bytes(&w, cases[i].key, STR("y"));
		check_case(cases[i].name,
			   !token_list_parse(&list,
					     (struct str){bytes, w.n - cases[i].cut}, "F",
					     &err));
		check_case(cases[i].name, list.all.n == 0 && err.code == ERR_PARSE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tokens_are_put_replaced_and_dropped),
		cmocka_unit_test(what_is_of_no_use_is_pruned),
		cmocka_unit_test(marks_and_wrong_clocks_are_pruned),
		cmocka_unit_test(of_too_many_the_oldest_go),
		cmocka_unit_test(the_newer_one_wins_a_merge),
		cmocka_unit_test(bytes_bring_all_but_the_marks_back),
		cmocka_unit_test(other_bytes_are_refused_whole),
	};

	return secret_setup() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
