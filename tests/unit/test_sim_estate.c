/* The estate fits together: what one answer names, another one has. */
#include "unit/check.h"

#include <stdio.h>

#include "base/map.h"
#include "sim/ask.h"
#include "sim/sql/sql_estate.h"

#define SQLV "?api-version=2021-11-01"

/* Ids of everything the subscriptions list, in lower case. */
struct known {
	struct ask ask;
	struct map ids;
};

static bool has_id(struct known *k, const char *id)
{
	char lower[512];
	size_t n = 0;

	/* Services differ in the case of their own parts, and in a slash. */
	for (const char *c = id[0] == '/' ? id + 1 : id; *c && n < sizeof(lower) - 1; c++)
		lower[n++] = (char)(*c >= 'A' && *c <= 'Z' ? *c + 32 : *c);
	return map_find(&k->ids, (struct str){.p = lower, .n = n}) != NULL;
}

static void learn(struct known *k, const char *id)
{
	char lower[512];
	size_t n = 0;

	for (const char *c = id + 1; *c && n < sizeof(lower) - 1; c++)
		lower[n++] = (char)(*c >= 'A' && *c <= 'Z' ? *c + 32 : *c);
	map_put(&k->ids, (struct str){.p = lower, .n = n}, k);
}

static cJSON *list(struct known *k, const char *id, const char *tail)
{
	char target[1024];

	snprintf(target, sizeof(target), "%s%s", id, tail);
	return ask_all(&k->ask, target, NULL);
}

static int setup(void **state)
{
	struct known *k = test_calloc(1, sizeof(*k));

	ask_init(&k->ask, 1, ASK_NOON_MS);
	map_init(&k->ids);
	for (size_t i = 0; i < SUB_COUNT; i++) {
		char id[64];
		cJSON *all;
		const cJSON *one;

		snprintf(id, sizeof(id), "/subscriptions/%s", estate_subs[i].id);
		all = list(k, id, "/resources?api-version=2021-04-01");
		cJSON_ArrayForEach (one, all)
			learn(k, told_text(one, "id"));
		cJSON_Delete(all);
		all = list(k, id, "/resourceGroups?api-version=2021-04-01");
		cJSON_ArrayForEach (one, all)
			learn(k, told_text(one, "id"));
		cJSON_Delete(all);
	}
	*state = k;
	return 0;
}

static int teardown(void **state)
{
	struct known *k = *state;

	ask_fini(&k->ask);
	map_fini(&k->ids);
	test_free(k);
	return 0;
}

/* Calls fn for each item of a list every subscription has. */
static int each(struct known *k, const char *tail, const char *version,
		void (*fn)(struct known *k, const cJSON *one))
{
	int n = 0;

	for (size_t i = 0; i < SUB_COUNT; i++) {
		char target[512];
		cJSON *all;
		const cJSON *one;

		snprintf(target, sizeof(target), "/subscriptions/%s/providers/%s%s",
			 estate_subs[i].id, tail, version);
		all = ask_all(&k->ask, target, NULL);
		cJSON_ArrayForEach (one, all) {
			fn(k, one);
			n++;
		}
		cJSON_Delete(all);
	}
	return n;
}

static void check_database(struct known *k, const char *server, const cJSON *db)
{
	const char *name = told_text(db, "name");
	const char *pool = told_text(db, "properties.elasticPoolId");

	check_case(name, str_starts(str_from(told_text(db, "id")), str_from(server)));
	check_case(name, strcmp(name, "master") == 0 || has_id(k, told_text(db, "id")));
	check_case(name, !pool || str_starts(str_from(pool), str_from(server)));
	check_case(name, (pool != NULL) == (strstr(told_text(db, "kind"), ",pool") != 0));
	check_case(name, (told_at(db, "properties.autoPauseDelay") != NULL) ==
				 (strstr(told_text(db, "kind"), "serverless") != 0));
	/* What is asked is what runs, while nothing scales. */
	if (strcmp(told_text(db, "properties.status"), "Scaling") != 0)
		check_text(name,
			   str_from(told_text(db,
					      "properties.currentServiceObjectiveName")),
			   told_text(db, "properties.requestedServiceObjectiveName"));
}

static void check_server(struct known *k, const cJSON *server)
{
	const char *id = told_text(server, "id");
	cJSON *databases = list(k, id, "/databases" SQLV);
	cJSON *pools = list(k, id, "/elasticPools" SQLV), *members;
	const cJSON *one;
	int n_pooled = 0, n_members = 0;

	check_case(id, has_id(k, id));
	cJSON_ArrayForEach (one, databases) {
		check_database(k, id, one);
		n_pooled += told_at(one, "properties.elasticPoolId") != NULL;
	}
	cJSON_ArrayForEach (one, pools) {
		members = list(k, told_text(one, "id"), "/databases" SQLV);
		n_members += cJSON_GetArraySize(members);
		cJSON_Delete(members);
	}
	check_case(id, n_pooled == n_members);
	cJSON_Delete(databases);
	cJSON_Delete(pools);
}

static void test_servers(void **state)
{
	assert_int_equal(each(*state, "Microsoft.Sql/servers", SQLV, check_server),
			 (int)sql_n_servers);
}

/* Every kind of database a board must cope with is there. */
static void test_kinds_of_databases(void **state)
{
	static const char *const kinds[] = {"v12.0,user",
					    "v12.0,user,vcore",
					    "v12.0,user,vcore,serverless",
					    "v12.0,user,vcore,hyperscale",
					    "v12.0,user,pool",
					    "v12.0,system"};
	static const char *const roles[] = {"Geo", "Named"};
	struct known *k = *state;
	int n_kind[6] = {0}, n_role[2] = {0};

	for (size_t i = 0; i < sql_n_servers; i++) {
		struct strbuf id;
		cJSON *all;
		const cJSON *one;

		strbuf_init(&id, 512);
		sql_put_server_id(&id, &sql_servers[i]);
		all = list(k, id.p, "/databases" SQLV);
		cJSON_ArrayForEach (one, all) {
			const char *role = told_text(one, "properties.secondaryType");

			for (size_t j = 0; j < 6; j++)
				n_kind[j] +=
					strcmp(told_text(one, "kind"), kinds[j]) == 0;
			for (size_t j = 0; role && j < 2; j++)
				n_role[j] += strcmp(role, roles[j]) == 0;
		}
		cJSON_Delete(all);
		strbuf_fini(&id);
	}
	for (size_t j = 0; j < 6; j++)
		check_case(kinds[j], n_kind[j] > 0);
	for (size_t j = 0; j < 2; j++)
		check_case(roles[j], n_role[j] > 0);
}

/* Both ends tell of the same link, with the roles swapped. */
static void check_link(struct known *k, const char *here, const cJSON *link)
{
	char there[512];
	cJSON *links;
	const cJSON *one, *same = NULL;

	for (size_t i = 0; i < sql_n_servers; i++) {
		struct strbuf id;

		if (strcmp(sql_servers[i].name,
			   told_text(link, "properties.partnerServer")) != 0)
			continue;
		strbuf_init(&id, 512);
		sql_put_server_id(&id, &sql_servers[i]);
		snprintf(there, sizeof(there), "%s/databases/%s", id.p,
			 told_text(link, "properties.partnerDatabase"));
		strbuf_fini(&id);
	}
	check_case(here, has_id(k, there));
	links = list(k, there, "/replicationLinks" SQLV);
	cJSON_ArrayForEach (one, links)
		if (strcmp(told_text(one, "name"), told_text(link, "name")) == 0)
			same = one;
	check_case(here, same != NULL);
	check_text(here, str_from(told_text(same, "properties.role")),
		   told_text(link, "properties.partnerRole"));
	check_text(here, str_from(told_text(same, "properties.replicationState")),
		   told_text(link, "properties.replicationState"));
	cJSON_Delete(links);
}

static void check_geo(struct known *k, const cJSON *server)
{
	const char *id = told_text(server, "id");
	cJSON *links = list(k, id, "/replicationLinks" SQLV);
	cJSON *groups = list(k, id, "/failoverGroups" SQLV);
	const cJSON *one, *member;

	cJSON_ArrayForEach (one, links)
		check_link(k, id, one);
	cJSON_ArrayForEach (one, groups) {
		const cJSON *partner =
			cJSON_GetArrayItem(told_at(one, "properties.partnerServers"), 0);

		check_case(id, has_id(k, told_text(partner, "id")));
		check_case(id, strcmp(told_text(one, "properties.replicationRole"),
				      told_text(partner, "replicationRole")) != 0);
		check_case(id, cJSON_GetArraySize(told_at(one, "properties.databases")) ==
				       cJSON_GetArraySize(links));
		cJSON_ArrayForEach (member, told_at(one, "properties.databases"))
			check_case(id, has_id(k, member->valuestring));
	}
	cJSON_Delete(links);
	cJSON_Delete(groups);
}

static void test_geo_replication(void **state)
{
	each(*state, "Microsoft.Sql/servers", SQLV, check_geo);
}

static void check_vault(struct known *k, const cJSON *vault)
{
	const char *id = told_text(vault, "id");
	cJSON *items = list(k, id, "/replicationProtectedItems?api-version=2024-04-01");
	const cJSON *one;

	check_case(id, has_id(k, id));
	cJSON_ArrayForEach (one, items) {
		const char *machine =
			told_text(one,
				  "properties.providerSpecificDetails.fabricObjectId");

		check_case(told_text(one, "name"), machine && has_id(k, machine));
	}
	cJSON_Delete(items);
}

static void check_cluster(struct known *k, const cJSON *cluster)
{
	const char *id = told_text(cluster, "id");
	cJSON *pools = list(k, id, "/agentPools?api-version=2024-09-01");
	const cJSON *one;
	char group[256];

	check_case(id, has_id(k, id));
	snprintf(group, sizeof(group), "%.51s/resourceGroups/%s", id,
		 told_text(cluster, "properties.nodeResourceGroup"));
	check_case(group, has_id(k, group));
	check_case(id, cJSON_GetArraySize(pools) > 0);
	check_case(id, cJSON_GetArraySize(pools) ==
			       cJSON_GetArraySize(
				       told_at(cluster, "properties.agentPoolProfiles")));
	cJSON_ArrayForEach (one, pools) {
		double n = told_number(one, "properties.count");

		check_case(id, n >= 0);
		if (cJSON_IsTrue(told_at(one, "properties.enableAutoScaling"))) {
			check_case(id, n >= told_number(one, "properties.minCount"));
			check_case(id, n <= told_number(one, "properties.maxCount"));
		}
	}
	cJSON_Delete(pools);
}

static void test_vaults_and_clusters(void **state)
{
	assert_int_equal(each(*state, "Microsoft.RecoveryServices/vaults",
			      "?api-version=2024-04-01", check_vault),
			 2);
	assert_int_equal(each(*state, "Microsoft.ContainerService/managedClusters",
			      "?api-version=2024-09-01", check_cluster),
			 3);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_servers),
		CASE(test_kinds_of_databases),
		CASE(test_geo_replication),
		CASE(test_vaults_and_clusters),
	};

	return cmocka_run_group_tests_name("sim_estate", tests, NULL, NULL);
}
