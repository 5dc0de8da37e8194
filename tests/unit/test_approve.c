/* Approvals: whose signature counts under which plan, and when. */
#include "unit/check.h"

#include <sodium.h>
#include <stdlib.h>

#include "act/approve.h"
#include "act/scope.h"
#include "base/count.h"
#include "base/json.h"

#define NOW_MS 1773224430000LL

static const char text[] =
	"{\"title\":\"T\",\"about\":\"A.\",\"board\":\"sql\",\"target\":\"name\","
	"\"risk\":\"high\",\"permission\":\"p\",\"reads\":{},"
	"\"bound_to\":[{\"name\":\"x\",\"title\":\"x\",\"value\":\"row\"}],\"shows\":[],"
	"\"steps\":[{\"name\":\"one\",\"title\":\"ask\",\"post\":\"/"
	"a\",\"safe_twice\":true}],"
	"\"verify\":{\"text\":\"t\",\"holds\":\"row\"},\"undo\":{\"why\":\"w\"}}";

struct person {
	struct signer signer;
	struct strbuf key;
};

struct bench {
	struct person ann, bob, eve; /* eve is in no list */
	struct config_person people[2];
	struct approvers approvers;
	struct plan *plan, *other;
};

/* As signer_open_or_make does, from a seed instead of the disk. */
static void person_init(struct person *p, unsigned char seed)
{
	unsigned char bytes[crypto_sign_SEEDBYTES], secret[crypto_sign_SECRETKEYBYTES];

	memset(bytes, seed, sizeof(bytes));
	crypto_sign_seed_keypair(p->signer.key.p, secret, bytes);
	secret_set(&p->signer.secret, (struct str){(const char *)secret, sizeof(secret)});
	p->signer.name = sign_key_name(&p->signer.key);
	strbuf_init(&p->key, 200);
	sign_key_format(&p->key, &p->signer.key);
}

static struct plan *plan_by(const struct person *p, const char *target)
{
	struct plan_about about = {.board = "sql",
				   .key = "k",
				   .target = target,
				   .connection = "azure",
				   .by = "ann",
				   .by_key = p->signer.name.p,
				   .now_ms = NOW_MS,
				   .expires_ms = NOW_MS + 600000};
	struct err err = {0};
	struct action *action = action_parse(STR(text), "a", "test", &err);
	cJSON *scope =
		json_parse(STR("{\"row\":{},\"input\":{}}"), &json_wire, NULL, &err);
	struct plan *plan = action ? plan_make(action, scope, &about, &err) : NULL;

	if (!plan)
		fail_msg("%s", err.text);
	cJSON_Delete(scope);
	action_free(action);
	return plan;
}

static void bench_init(struct bench *b)
{
	*b = (struct bench){0};
	person_init(&b->ann, 1);
	person_init(&b->bob, 2);
	person_init(&b->eve, 3);
	b->people[0] = (struct config_person){"ann", b->ann.key.p};
	b->people[1] = (struct config_person){"bob", b->bob.key.p};
	b->approvers = (struct approvers){.people = b->people, .n_people = 2};
	b->plan = plan_by(&b->ann, "atlas");
	b->other = plan_by(&b->ann, "qodex");
}

static void person_fini(struct person *p)
{
	signer_fini(&p->signer);
	strbuf_fini(&p->key);
}

static void bench_fini(struct bench *b)
{
	plan_free(b->plan);
	plan_free(b->other);
	person_fini(&b->ann);
	person_fini(&b->bob);
	person_fini(&b->eve);
}

static struct approval by(const struct person *p, const struct plan *plan, int64_t at_ms)
{
	struct approval a;

	approval_make(plan, &p->signer, at_ms, &a);
	return a;
}

static void check(const char *name, const struct bench *b, const struct approval *list,
		  size_t n, bool needs_second, int64_t at_ms, const char *want)
{
	struct err err = {0};

	if (approved(b->plan, list, n, needs_second, &b->approvers, at_ms, &err) !=
		    !*want ||
	    !strstr(err.text, want))
		fail_msg("%s: %s", name, err.text);
}

static void test_who(void **state)
{
	struct approval ann, bob, eve, other, early, late, both[2];
	struct bench b;

	(void)state;
	bench_init(&b);
	ann = by(&b.ann, b.plan, NOW_MS + 1000);
	bob = by(&b.bob, b.plan, NOW_MS + 1000);
	eve = by(&b.eve, b.plan, NOW_MS + 1000);
	other = by(&b.bob, b.other, NOW_MS + 1000);
	early = by(&b.bob, b.plan, NOW_MS - 600000);
	late = by(&b.bob, b.plan, NOW_MS + 600000);
	both[0] = ann;
	both[1] = bob;
	check("nobody", &b, NULL, 0, false, NOW_MS, "nobody has approved");
	check("herself", &b, &ann, 1, false, NOW_MS, "");
	check("herself, where two are needed", &b, &ann, 1, true, NOW_MS,
	      "needs a second person");
	check("a second person", &b, &bob, 1, true, NOW_MS, "");
	check("both", &b, both, 2, true, NOW_MS, "");
	check("nobody's key", &b, &eve, 1, false, NOW_MS, "a key that is nobody's");
	check("another plan", &b, &other, 1, true, NOW_MS, "bob approved another plan");
	check("before it was made", &b, &early, 1, true, NOW_MS, "when it was not valid");
	check("after it ended", &b, &late, 1, true, NOW_MS, "when it was not valid");
	check("the clock was set back", &b, &bob, 1, true, NOW_MS - 3600000,
	      "is from later than this machine's clock says");
	check("a clock that is a little behind", &b, &bob, 1, true, NOW_MS - 240000, "");
	check("run too late", &b, &bob, 1, true, NOW_MS + 600000, "has expired");
	both[1] = other;
	check("one that is no good spoils it", &b, both, 2, false, NOW_MS,
	      "another plan");
	/* Who is in no list may still approve what needs no second person. */
	b.approvers = (struct approvers){.own = &b.ann.signer.key};
	check("the user's own key", &b, &ann, 1, false, NOW_MS, "");
	check("is no second person", &b, &ann, 1, true, NOW_MS, "needs a second person");
	bench_fini(&b);
}

/* Nothing of an approval can be changed. */
static void test_forged(void **state)
{
	struct approval a;
	struct bench b;
	struct err err;

	(void)state;
	bench_init(&b);
	for (size_t i = 0; i < 8 * sizeof(a.signature.p); i++) {
		a = by(&b.bob, b.plan, NOW_MS);
		a.signature.p[i / 8] ^= (unsigned char)(1 << i % 8);
		assert_null(approval_by(&a, b.plan, &b.approvers, &err));
	}
	a = by(&b.bob, b.plan, NOW_MS);
	a.at_ms++;
	assert_null(approval_by(&a, b.plan, &b.approvers, &err));
	a = by(&b.bob, b.plan, NOW_MS);
	a.key = b.ann.signer.name; /* in somebody else's name */
	assert_null(approval_by(&a, b.plan, &b.approvers, &err));
	bench_fini(&b);
}

static void test_code(void **state)
{
	struct approval a, back;
	struct strbuf code;
	struct bench b;
	struct err err;
	size_t n_bad = 0;

	(void)state;
	bench_init(&b);
	a = by(&b.bob, b.plan, NOW_MS + 7);
	strbuf_init(&code, 400);
	approval_format(&code, &a);
	assert_true(approval_parse(strbuf_str(&code), &back, &err));
	assert_string_equal(back.key.p, a.key.p);
	assert_int_equal(back.at_ms, a.at_ms);
	assert_memory_equal(&back.signature, &a.signature, sizeof(a.signature));
	assert_string_equal(approval_by(&back, b.plan, &b.approvers, &err), "bob");
	for (size_t i = 5; i < code.n; i++) {
		char was = code.p[i];

		if (was == '-')
			continue;
		code.p[i] = was == 'z' ? 'y' : 'z';
		n_bad += approval_parse(strbuf_str(&code), &back, &err);
		code.p[i] = was;
	}
	assert_int_equal(n_bad, 0);
	assert_false(approval_parse(STR(""), &back, &err));
	assert_false(
		approval_parse(str_sub(strbuf_str(&code), 0, code.n - 1), &back, &err));
	strbuf_fini(&code);
	bench_fini(&b);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_who),
		cmocka_unit_test(test_forged),
		cmocka_unit_test(test_code),
	};

	if (sodium_init() < 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
