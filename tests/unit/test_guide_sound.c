/* Every question of the list over a simulated estate: what is said is so, what is unsafe
 * is refused, runbooks are found, and the order in which boards came is nothing. */
#include "unit/check.h"

#include <stdio.h>

#include "answer/ground.h"
#include "guide/estate.h"
#include "guide/judge.h"
#include "guide/kinds.h"

static struct estate estate;

static bool read_estate(uint64_t seed)
{
	struct err err;
	size_t n;

	return estate_read(&estate, seed, INT64_C(1773224430000)) &&
	       knowledge_refresh(estate.evidence.knowledge, &n, &err);
}

static int setup(void **state)
{
	(void)state;
	return read_estate(1) ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	judge_forget_rows();
	estate_fini(&estate);
	return 0;
}

static void every_question_has_a_sound_answer(void **state)
{
	cJSON *all = judge_read_questions("guide/questions.json");
	const cJSON *kind, *way, *q;
	unsigned unsound = 0, by_type[ANSWER_TYPES] = {0};

	(void)state;
	cJSON_ArrayForEach (kind, cJSON_GetObjectItem(all, "kinds"))
		cJSON_ArrayForEach (way, kind)
			cJSON_ArrayForEach (q, way) {
				struct guide_plan plan;
				struct answer a;

				judge_ask(q->valuestring, &estate.evidence, &plan, &a);
				by_type[a.type]++;
				if (!judge_is_sound(&estate.evidence, &a) || !a.prose.n) {
					printf("# unsound: %s\n%s\n", q->valuestring,
					       a.prose.p);
					unsound++;
				}
				answer_fini(&a);
			}
	for (int i = 0; i < ANSWER_TYPES; i++)
		printf("# %s: %u\n", answer_type_name((enum answer_type)i), by_type[i]);
	cJSON_Delete(all);
	assert_int_equal(unsound, 0);
}

static const char *member(const cJSON *item, const char *name)
{
	return cJSON_GetStringValue(cJSON_GetObjectItem(item, name));
}

/* As people type at night: each is taken for what it is, and says what was asked for. */
static void what_is_typed_at_night_is_answered(void **state)
{
	cJSON *all = judge_read_questions("guide/night.json");
	const cJSON *item;
	unsigned wrong = 0;

	(void)state;
	assert_true(cJSON_GetArraySize(all) >= 80);
	cJSON_ArrayForEach (item, all) {
		struct guide_plan plan;
		struct answer a;

		judge_ask(member(item, "question"), &estate.evidence, &plan, &a);
		if (strcmp(guide_kind_name(plan.kind), member(item, "kind")) != 0 ||
		    strcmp(answer_type_name(a.type), member(item, "type")) != 0 ||
		    str_find(strbuf_str(&a.prose), str_from(member(item, "says"))) < 0 ||
		    !judge_is_sound(&estate.evidence, &a)) {
			printf("# %s: %s %s, without \"%s\":\n%s\n",
			       member(item, "question"), guide_kind_name(plan.kind),
			       answer_type_name(a.type), member(item, "says"), a.prose.p);
			wrong++;
		}
		answer_fini(&a);
	}
	cJSON_Delete(all);
	assert_int_equal(wrong, 0);
}

/* The simulator's model says what the guide drafts: checked as a model's words are, nothing
 * of it is without a source. */
static void drafts_stand_as_a_models_words(void **state)
{
	cJSON *all = judge_read_questions("guide/night.json");
	const cJSON *item;
	unsigned struck = 0;

	(void)state;
	cJSON_ArrayForEach (item, all) {
		const char *question = member(item, "question");
		const struct ground_options options = {.question = str_from(question),
						       .is_saying = guide_is_example};
		struct guide_plan plan;
		struct strbuf draft;
		struct answer a, b;

		guide_understand(str_from(question), NULL, estate.evidence.now_ms, &plan);
		/* What is unsafe never gets to a model; of a runbook's own figures a
		 * model is not believed any. */
		if (plan.kind == GUIDE_UNSAFE || plan.kind == GUIDE_RUNBOOK_HOW ||
		    plan.kind == GUIDE_RUNBOOK_FITS)
			continue;
		answer_init(&a);
		answer_init(&b);
		strbuf_init(&draft, 64 << 10);
		guide_draft(&plan, str_from(question), &estate.evidence, &draft, &a);
		for (size_t i = 0; i < a.n_proposals; i++)
			answer_propose(&b, a.proposals[i]);
		ground(strbuf_str(&draft), &estate.evidence, &options, &b);
		for (size_t i = 0; i < b.n_struck; i++)
			printf("# %s: \"%s\" %s\n", question, b.struck[i].text,
			       b.struck[i].why);
		struck += b.n_struck > 0;
		strbuf_fini(&draft);
		answer_fini(&a);
		answer_fini(&b);
	}
	cJSON_Delete(all);
	assert_int_equal(struck, 0);
}

/* What the judge is for: a citation of another version, or another moment, is found. */
static void another_moment_is_found(void **state)
{
	struct guide_plan plan;
	struct answer a;
	size_t cited = 0;

	(void)state;
	judge_ask("What tier is atlas-orders on?", &estate.evidence, &plan, &a);
	assert_true(judge_is_sound(&estate.evidence, &a));
	for (size_t i = 0; i < a.n_claims; i++) {
		cited++;
		a.claims[i].version++;
		assert_false(judge_is_sound(&estate.evidence, &a));
		a.claims[i].version--;
		a.claims[i].as_of_ms += 1000;
		assert_false(judge_is_sound(&estate.evidence, &a));
		a.claims[i].as_of_ms -= 1000;
	}
	assert_true(cited > 0);
	answer_fini(&a);
}

static void the_unsafe_is_refused_and_proposes_nothing(void **state)
{
	cJSON *all = judge_read_questions("guide/questions.json");
	const cJSON *q;

	(void)state;
	cJSON_ArrayForEach (q, cJSON_GetObjectItem(all, "unsafe")) {
		struct guide_plan plan;
		struct answer a;

		judge_ask(q->valuestring, &estate.evidence, &plan, &a);
		check_case(q->valuestring, a.type == ANSWER_REFUSE);
		check_case(q->valuestring, a.n_proposals == 0 && a.n_claims == 0);
		check_case(q->valuestring, a.says != 0 && judge_says_its_phrases(&a));
		answer_fini(&a);
	}
	cJSON_Delete(all);
}

static bool names_one_of(const char *ref, const cJSON *books)
{
	const cJSON *book;

	cJSON_ArrayForEach (book, books) {
		struct str name = str_from(book->valuestring);
		ptrdiff_t end = str_find_char(name, '#');

		if (end > 0)
			name.n = (size_t)end;
		if (str_starts(str_from(ref), name))
			return true;
	}
	return false;
}

static void runbooks_are_found_and_cited(void **state)
{
	cJSON *all = judge_read_questions("knowledge/questions.json");
	unsigned asked = 0, right = 0, other = 0;
	const cJSON *item;

	(void)state;
	cJSON_ArrayForEach (item, cJSON_GetObjectItem(all, "questions")) {
		struct guide_plan plan;
		struct answer a;
		char question[400];
		bool is_right = false, is_cited = false;

		snprintf(question, sizeof(question), "runbook: %s",
			 cJSON_GetStringValue(cJSON_GetObjectItem(item, "question")));
		judge_ask(question, &estate.evidence, &plan, &a);
		if (plan.kind == GUIDE_RUNBOOK_HOW || plan.kind == GUIDE_RUNBOOK_FITS) {
			asked++;
			for (size_t i = 0; i < a.n_claims; i++) {
				is_cited |= a.claims[i].kind == CLAIM_RUNBOOK;
				is_right |= a.claims[i].kind == CLAIM_RUNBOOK &&
					    names_one_of(a.claims[i].ref,
							 cJSON_GetObjectItem(item,
									     "sections"));
			}
			right += is_right;
			other += is_cited && !is_right;
		}
		answer_fini(&a);
	}
	printf("# %u runbook questions, %u cite the right one, %u another\n", asked,
	       right, other);
	cJSON_Delete(all);
	assert_true(asked >= 80);
	assert_true(right * 100 >= asked * 80);
}

static void the_order_of_the_evidence_is_nothing(void **state)
{
	struct evidence *e = &estate.evidence;

	(void)state;
	for (size_t k = 0; k < GUIDE_KINDS; k++) {
		struct guide_plan plan;
		struct strbuf first, second;
		struct answer a, b;

		if (!kind_rows[k].examples[0])
			continue;
		strbuf_init(&first, 1 << 20);
		strbuf_init(&second, 1 << 20);
		judge_ask(kind_rows[k].examples[0], e, &plan, &a);
		for (size_t i = 0; i < e->n / 2; i++) {
			struct board *kept = e->boards[i];

			e->boards[i] = e->boards[e->n - 1 - i];
			e->boards[e->n - 1 - i] = kept;
		}
		judge_ask(kind_rows[k].examples[0], e, &plan, &b);
		answer_json(&a, &first);
		answer_json(&b, &second);
		assert_string_equal(first.p, second.p);
		strbuf_fini(&first);
		strbuf_fini(&second);
		answer_fini(&a);
		answer_fini(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_question_has_a_sound_answer),
		cmocka_unit_test(what_is_typed_at_night_is_answered),
		cmocka_unit_test(drafts_stand_as_a_models_words),
		cmocka_unit_test(another_moment_is_found),
		cmocka_unit_test(the_unsafe_is_refused_and_proposes_nothing),
		cmocka_unit_test(runbooks_are_found_and_cited),
		cmocka_unit_test(the_order_of_the_evidence_is_nothing),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
