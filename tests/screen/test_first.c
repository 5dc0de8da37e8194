/* The pages of the first run on a grid: what they show at each size, what keys and the
 * mouse do, what is asked of the worker and when. */
#include "unit/check.h"

#include <stdlib.h>

#include "base/str.h"
#include "screen/stage.h"
#include "tui/app_part.h"

#define SUB1 "7c9e2d14-0b8f-4f5a-8d36-1e5b90aa6c01"
#define SUB2 "7c9e2d14-0b8f-4f5a-8d36-1e5b90aa6c02"
#define AKS(sub, name)                                                                   \
	"/subscriptions/" sub "/resourcegroups/rg/providers/"                            \
	"Microsoft.ContainerService/managedClusters/" name

static void open_first(struct stage *stage, int w, int h, bool is_ascii)
{
	stage_init(stage, &(struct stage_options){.w = w,
						  .h = h,
						  .is_ascii = is_ascii,
						  .is_first = true});
	stage_draw(stage);
}

static void give_list(struct stage *stage, enum first_list list, const char *about,
		      const char *answer, const char *problem)
{
	struct first_news *news = first_news_new(FIRST_LISTED, stage->app->first->run);
	cJSON *json = cJSON_Parse(answer);

	news->list = list;
	if (about)
		news->about = arena_strdup(&news->arena, str_from(about));
	if (problem)
		err_set(&news->err, ERR_FORBIDDEN, "%s", problem);
	first_read_list(news, json);
	cJSON_Delete(json);
	app_give_first(stage->app, news);
}

static void give_sign(struct stage *stage, const char *problem)
{
	struct first_news *news = first_news_new(FIRST_SIGNED_IN, stage->app->first->run);

	if (problem)
		err_set(&news->err, ERR_AUTH, "%s", problem);
	app_give_first(stage->app, news);
}

static void give_code(struct stage *stage, int seconds)
{
	struct sign_in code = {.credential = "me",
			       .code = "C8KJW2PLN",
			       .url = "https://microsoft.com/devicelogin"};

	code.until_ms = clock_wall_ms(&stage->clock) + seconds * 1000;
	app_sign_in(stage->app, &code);
}

static void give_location(struct stage *stage, const char *id, const char *address,
			  const char *problem)
{
	struct first_news *news = first_news_new(FIRST_LOCATED, stage->app->first->run);

	news->about = arena_strdup(&news->arena, str_from(id));
	if (address) {
		news->address = arena_strdup(&news->arena, str_from(address));
		news->ca = "-----BEGIN CERTIFICATE-----\n";
	}
	if (problem)
		err_set(&news->err, ERR_FORBIDDEN, "%s", problem);
	app_give_first(stage->app, news);
}

static void give_lists(struct stage *stage)
{
	give_list(
		stage, FIRST_SUBSCRIPTIONS, NULL,
		"{\"value\":[{\"subscriptionId\":\"" SUB1
		"\",\"displayName\":\"Contoso Production\",\"state\":\"Enabled\"},"
		"{\"subscriptionId\":\"" SUB2
		"\",\"displayName\":\"Contoso Test\",\"state\":\"Enabled\"},"
		"{\"subscriptionId\":\"x\",\"displayName\":\"Old \\u001b[2J\",\"state\":"
		"\"Disabled\"}]}",
		NULL);
	give_list(
		stage, FIRST_CLUSTERS, NULL,
		"{\"data\":[{\"id\":\"" AKS(
			SUB1,
			"web") "\",\"name\":\"web\","
			       "\"subscriptionId\":\"" SUB1
			       "\",\"resourceGroup\":\"rg-prod\","
			       "\"properties\":{\"powerState\":{\"code\":\"Running\"}}},"
			       "{\"id\":\"" AKS(SUB2,
						"try") "\",\"name\":\"try\","
						       "\"subscriptionId\":\"" SUB2
						       "\",\"resourceGroup\":\"rg-test\","
						       "\"properties\":{\"powerState\":{"
						       "\"code\":\"Running\"}}}]}",
		NULL);
	give_list(stage, FIRST_ORGANIZATIONS, NULL, "{}",
		  "Azure DevOps: access is denied (403)");
}

static void go_to_lists(struct stage *stage, int w, int h)
{
	open_first(stage, w, h, false);
	stage_keys(stage, "down enter enter");
	give_code(stage, 900);
	give_sign(stage, NULL);
	give_lists(stage);
	stage_draw(stage);
}

static void test_start(void **state)
{
	struct stage stage;

	(void)state;
	open_first(&stage, 80, 24, false);
	stage_golden(&stage, "first-start");
	stage_keys(&stage, "esc");
	assert_true(stage_shows(&stage, "First run"));
	stage_keys(&stage, "?"); /* of what works here only */
	assert_true(stage_shows(&stage, "mark-all"));
	assert_false(stage_shows(&stage, "back to the overview"));
	stage_keys(&stage, "esc");
	app_run_line(stage.app, STR("overview"));
	assert_true(stage_shows(&stage, "comes once there is a configuration"));
	assert_true(stage_shows(&stage, "First run"));
	stage_keys(&stage, "enter");
	assert_int_equal(stage.n_demos, 1);
	assert_null(stage.order);
	stage_fini(&stage);
}

/* Nothing is asked before the person goes on. */
static void test_form(void **state)
{
	struct stage stage;

	(void)state;
	open_first(&stage, 80, 24, false);
	stage_keys(&stage, "down enter down right right left down enter");
	stage_keys(&stage, "'contoso.example' enter");
	stage_golden(&stage, "first-form");
	assert_null(stage.order);
	stage_keys(&stage, "up up enter");
	assert_non_null(stage.order);
	assert_int_equal(stage.order->kind, FIRST_SIGN_IN);
	assert_string_equal(stage.order->cloud, "usgovernment");
	assert_string_equal(stage.order->tenant, "contoso.example");
	assert_true(stage_shows(&stage, "asking for a code"));
	stage_keys(&stage, "esc");
	assert_int_equal(stage.order->kind, FIRST_STOP);
	stage_fini(&stage);
}

static void test_code(void **state)
{
	struct stage stage;

	(void)state;
	open_first(&stage, 80, 24, false);
	stage_keys(&stage, "down enter enter");
	give_code(&stage, 899);
	stage_golden(&stage, "first-code");
	stage_keys(&stage, "c");
	check_text("code", strbuf_str(&stage.copied), "C8KJW2PLN");
	strbuf_reset(&stage.copied);
	stage_keys(&stage, "y");
	check_text("address", strbuf_str(&stage.copied),
		   "https://microsoft.com/devicelogin");
	/* The rest of its life is on the screen, every second. */
	assert_true(app_next_tick_ms(stage.app) <= clock_mono_ms(&stage.clock) + 1000);
	clock_advance(&stage.clock, 10000);
	app_tick(stage.app);
	assert_true(app_needs_draw(stage.app));
	assert_true(stage_shows(&stage, "good for 14:49"));
	give_sign(&stage, "the code expired before it was entered; ask for a new one");
	stage_golden(&stage, "first-failed");
	stage_keys(&stage, "enter");
	assert_int_equal(stage.order->kind, FIRST_SIGN_IN);
	assert_int_equal(stage.order->run, 2);
	stage_fini(&stage);
	open_first(&stage, 80, 24, true);
	stage_keys(&stage, "down enter enter");
	give_code(&stage, 59);
	stage_golden(&stage, "first-code-ascii");
	stage_fini(&stage);
}

/* What came of an earlier sign-in is nothing to this one. */
static void test_late_answers(void **state)
{
	struct stage stage;
	struct first_news *news;

	(void)state;
	open_first(&stage, 80, 24, false);
	stage_keys(&stage, "down enter enter");
	news = first_news_new(FIRST_SIGNED_IN, stage.app->first->run);
	stage_keys(&stage, "esc enter");
	app_give_first(stage.app, news);
	assert_true(stage_shows(&stage, "asking for a code"));
	stage_fini(&stage);
}

static void test_choose(void **state)
{
	struct stage stage;

	(void)state;
	go_to_lists(&stage, 80, 24);
	stage_golden(&stage, "first-choose");
	stage_keys(&stage, "down space");
	assert_true(stage_shows(&stage, "Subscriptions 1/3"));
	assert_true(stage_shows(&stage, "Clusters 1/1"));
	stage_keys(&stage, "a");
	assert_true(stage_shows(&stage, "Subscriptions 3/3"));
	stage_keys(&stage, "a enter");
	assert_true(stage_shows(&stage, "mark a subscription"));
	stage_keys(&stage, "a up up space enter");
	assert_true(stage_shows(&stage, ">2 Clusters"));
	stage_keys(&stage, "a enter");
	assert_true(stage_shows(&stage, "access is denied"));
	stage_golden(&stage, "first-denied");
	stage_keys(&stage, "esc esc esc");
	assert_int_equal(stage.order->kind, FIRST_STOP);
	assert_true(stage_shows(&stage, "Get a code"));
	stage_fini(&stage);
}

static void test_mouse(void **state)
{
	struct stage stage;

	(void)state;
	go_to_lists(&stage, 120, 40);
	stage_click(&stage, 10, 5, false);
	assert_true(stage_shows(&stage, "Subscriptions 1/3"));
	stage_click(&stage, 10, 5, false);
	assert_true(stage_shows(&stage, "Subscriptions 2/3"));
	stage_fini(&stage);
	open_first(&stage, 120, 40, false);
	stage_click(&stage, 10, 7, true);
	assert_true(stage_shows(&stage, "Get a code"));
	stage_fini(&stage);
}

static void test_preview(void **state)
{
	struct stage stage;

	(void)state;
	go_to_lists(&stage, 80, 24);
	stage_keys(&stage, "enter enter");
	assert_int_equal(stage.order->kind, FIRST_LOCATE);
	assert_int_equal(stage.order->n_names, 2);
	stage_keys(&stage, "enter"); /* past what cannot be listed */
	assert_true(stage_shows(&stage, "asking 2 clusters where they are"));
	stage_keys(&stage, "enter");
	assert_int_equal(stage.order->kind, FIRST_LOCATE); /* nothing is written yet */
	give_location(&stage, AKS(SUB1, "web"), "https://web.example:443", NULL);
	give_location(&stage, AKS(SUB2, "try"), NULL, "you may not list its credentials");
	stage_keys(&stage, "page-down");
	stage_golden(&stage, "first-preview");
	stage_keys(&stage, "enter");
	assert_int_equal(stage.order->kind, FIRST_WRITE);
	assert_int_equal(stage.order->n_files, 1);
	assert_string_equal(stage.order->files[0].name, "clusters/web.pem");
	assert_true(str_find(stage.order->text, STR("https://web.example:443")) > 0);
	assert_true(str_find(stage.order->text, STR("you may not list")) > 0);
	stage_fini(&stage);
}

static void test_not_written(void **state)
{
	struct stage stage;
	struct first_news *news;

	(void)state;
	open_first(&stage, 80, 24, false);
	stage_keys(&stage, "down down enter");
	stage_golden(&stage, "first-sample");
	stage_keys(&stage, "enter enter");
	assert_int_equal(stage.order->kind, FIRST_WRITE);
	assert_true(stage_shows(&stage, "writing"));
	news = first_news_new(FIRST_WRITTEN, stage.app->first->run);
	err_set(&news->err, ERR_IO, "cannot write /srv/me: No space left on device");
	app_give_first(stage.app, news);
	assert_true(stage_shows(&stage, "Not written: cannot write /srv/me: No space"));
	app_first_written(stage.app);
	stage_golden(&stage, "first-written");
	stage_keys(&stage, "esc enter");
	assert_true(stage_shows(&stage, "The sample is written"));
	app_end_first(stage.app);
	assert_false(stage_shows(&stage, "The sample is written"));
	stage_fini(&stage);
}

static void test_end(void **state)
{
	struct stage stage;

	(void)state;
	go_to_lists(&stage, 80, 24);
	app_end_first(stage.app);
	assert_false(stage_shows(&stage, "What to show"));
	assert_true(stage.wanted.n > 0);
	stage_fini(&stage);
}

/* Each page, as small as the deck gets and as large. */
static void test_sizes(void **state)
{
	static const int sizes[][2] = {{40, 12}, {60, 15}, {200, 60}};

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct stage stage;

		open_first(&stage, sizes[i][0], sizes[i][1], false);
		assert_true(stage_shows(&stage, "Write a sample"));
		assert_true(stage_shows(&stage, "Nothing is written"));
		stage_keys(&stage, "down enter");
		assert_true(stage_shows(&stage, "Tenant"));
		stage_keys(&stage, "enter");
		give_code(&stage, 900);
		assert_true(stage_shows(&stage, "microsoft.com/devicelogin"));
		assert_true(stage_shows(&stage, "C8KJW2PLN"));
		assert_true(stage_shows(&stage, "good for 15:00"));
		give_sign(&stage, NULL);
		give_lists(&stage);
		assert_true(stage_shows(&stage, "[x] Contoso Production"));
		stage_keys(&stage, "enter enter enter");
		assert_true(stage_shows(&stage, "asking 2 clusters"));
		stage_fini(&stage);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_start),	cmocka_unit_test(test_form),
		cmocka_unit_test(test_code),	cmocka_unit_test(test_late_answers),
		cmocka_unit_test(test_choose),	cmocka_unit_test(test_mouse),
		cmocka_unit_test(test_preview), cmocka_unit_test(test_not_written),
		cmocka_unit_test(test_end),	cmocka_unit_test(test_sizes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
