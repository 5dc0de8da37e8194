/* Kinds of connection and clouds: their rows are whole and are found by name. */
#include "unit/check.h"

#include "azure/host.h"
#include "azure/kinds.h"

static void test_kinds(void **state)
{
	enum conn_kind found;

	(void)state;
	for (int i = 0; i < CONN_KIND_COUNT; i++) {
		const struct kind_row *row = kind_row((enum conn_kind)i);
		const char *name = conn_kind_name((enum conn_kind)i);

		check_case(name, conn_kind_find(str_from(name), &found));
		check_case(name, found == (enum conn_kind)i);
		check_case(name, row->title && strlen(row->title) < 40);
		check_case(name, !row->paging || paging_rule_find(str_from(row->paging)));
		check_case(name, kind_paging((enum conn_kind)i) != NULL);
		check_case(name,
			   !row->base || str_starts(str_from(row->base), STR("http")));
	}
	assert_false(conn_kind_find(STR("ar"), &found));
	assert_false(conn_kind_find(STR("ARM"), &found));
	assert_false(conn_kind_find((struct str){0}, &found));
}

/* One token a service, and none where we do not know whose it would be. */
static void test_scopes(void **state)
{
	(void)state;
	assert_string_equal(kind_row(CONN_ARM)->scope,
			    "https://management.azure.com/.default");
	assert_string_equal(kind_row(CONN_DEVOPS)->scope,
			    "499b84ac-1321-427f-aa17-267ca6975798/.default");
	assert_null(kind_row(CONN_HTTP)->scope);
}

static void test_settings(void **state)
{
	struct str rest = str_from(kind_row(CONN_DEVOPS)->settings);
	struct kind_setting setting;

	(void)state;
	assert_true(kind_setting_next(&rest, &setting));
	check_text("first", setting.name, "organization");
	assert_true(setting.is_required && !setting.is_list);
	assert_true(kind_setting_next(&rest, &setting));
	check_text("second", setting.name, "projects");
	assert_true(!setting.is_required && setting.is_list);
	assert_false(kind_setting_next(&rest, &setting));
}

static void test_clouds(void **state)
{
	const struct cloud_row *cloud;
	size_t n = 0;

	(void)state;
	for (; (cloud = cloud_at(n)); n++) {
		assert_ptr_equal(cloud_find(str_from(cloud->name)), cloud);
		assert_true(str_starts(str_from(cloud->login), STR("https://")));
		/* Its own host is where its token may go, and no other cloud's is. */
		for (size_t k = 0; cloud_at(k); k++)
			check_case(cloud->name,
				   host_is_ours(str_from(cloud_at(k)->arm),
						str_from(cloud->arm)) == (k == n));
	}
	assert_int_equal(n, 3);
	/* Closed: old tables still name it. */
	assert_null(cloud_find(STR("german")));
	assert_string_equal(cloud_find(STR("public"))->arm,
			    "https://management.azure.com");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_scopes),
		cmocka_unit_test(test_settings),
		cmocka_unit_test(test_clouds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
