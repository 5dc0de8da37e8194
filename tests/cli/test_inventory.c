/* The inventory boards: what each says of the simulated estate at one moment, of
 * Azure's published and recorded answers where they are here, and that no value of a
 * secret comes out of any of them. Thread: the test's. */
#include "cli/looks.h"
#include "cli/run.h"
#include "unit/check.h"

#define KINDS(column) "sort(keys(group_by([?" column "], &" column ")))"

static const struct alive_look alive[] = {
	{"resources", "sort([?severity == 'crit'].name)",
	 "[\"aks-batch-24417731-vmss\",\"galcontoso/render-node/0.9.4\","
	 "\"vm-atlas-test-02\",\"vmss-qodex-render\"]"},
	{"resources", "sort([?use == 'unused'].name)",
	 "[\"nic-left-behind\",\"pip-atlas-test\",\"pip-vpn-old\","
	 "\"qodex-dev-snapshot-restore\",\"vm-atlas-test-03_OsDisk\","
	 "\"vm-qodex-index-00_Data_0\"]"},
	{"resources",
	 "[?name == 'sql-atlas-prod-neu/atlas-orders'].[type, workload] | [0]",
	 "[\"servers/databases\",\"Atlas\"]"},
	{"vms", "[?severity != 'ok' && severity != 'info'].[name, power, severity]",
	 "[[\"vm-qodex-build-01\",\"stopped\",\"warn\"],"
	 "[\"vm-atlas-test-02\",\"running\",\"crit\"],"
	 "[\"atlas-build-05\",\"stopped\",\"warn\"]]"},
	{"vms", "[?name == 'vm-qodex-dev-gpu'].[size, billing, power, disks] | [0]",
	 "[\"NC6s_v3\",\"spot\",\"deallocated\",1]"},
	{"vmss", "[?name == 'vmss-qodex-render'].[capacity, ready, failed, image] | [0]",
	 "[4,2,2,\"render-node 0.9.3\"]"},
	{"vmss", "[?for == 'aks-test'].[capacity, ready, severity]",
	 "[[0,0,\"ok\"],[0,0,\"ok\"]]"},
	{"storage", KINDS("exposure"),
	 "[\"any network\",\"networks\",\"private\",\"public\"]"},
	{"storage", "sort([?exposure == 'public' || https == 'allowed'].name)",
	 "[\"stcontosotestweu\",\"stqodexuploadsweu\"]"},
	{"vnets", "sort([?severity == 'crit'].join(' ', [name, peerings]))",
	 "[\"vnet-hub-weu Disconnected\",\"vnet-qodex-prod-neu Initiated\"]"},
	{"vnets", "[?name == 'vnet-qodex-prod-weu'].[fullest, left, severity] | [0]",
	 "[\"snet-web\",2,\"warn\"]"},
	{"nsgs", "sort_by([].[risk, name, ports], &[1])[?[0] != 'closed']",
	 "[[\"open\",\"nsg-atlas-test-weu\",\"8000-8999\"],"
	 "[\"web\",\"nsg-bastion-weu\",\"443\"],"
	 "[\"unused\",\"nsg-migration-2023\",null],"
	 "[\"admin\",\"nsg-qodex-dev-weu\",\"3000-4000\"],"
	 "[\"admin\",\"nsg-qodex-web-weu\",\"80, 443, 22\"]]"},
	{"nsgs", "[?severity == 'crit'].rule", "[\"temp-ssh-incident\",\"AllowRdp\"]"},
	{"keyvault-renewal",
	 "sort([?severity != 'ok'].join(' ', [name, state, severity]))",
	 "[\"atlas-tls Late warn\",\"qodex-internal-ca Manual info\","
	 "\"qodex-tls Late crit\",\"relay-client Ended crit\"]"},
	{"keyvault-renewal",
	 "sort([?issuer == 'Let\\'s Encrypt'].join(' ', [renews, vault]))",
	 "[\"Acmebot kv-atlas-prod-weu\",\"Acmebot kv-qodex-prod-weu\"]"},
	{"dns", "[?leads == 'dangling'].name",
	 "[\"beta.contoso.example.\",\"docs.qodex.example.\"]"},
	{"dns", "length([?leads == 'ours'])", "8"},
	{"private-endpoints", "[?severity == 'crit'].[name, status, target]",
	 "[[\"pe-qodex-bus\",\"Disconnected\",\"sb-qodex-old-weu\"],"
	 "[\"pe-shared-tfstate\",\"Rejected\",\"sttfstatecontoso\"]]"},
	{"private-endpoints", "[?names == 'by hand'].name", "[\"pe-atlas-vault\"]"},
	{"redis", "sort([?severity == 'crit'].name)",
	 "[\"redis-qodex-queue\",\"redis-qodex-sessions\"]"},
	{"redis", "[?name == 'redis-qodex-queue'].[size, version, plain] | [0]",
	 "[\"C1\",\"4.0.14\",\"open\"]"},
	{"acr", "[?full > `100`].[name, admin]", "[[\"crqodexprod\",\"on\"]]"},
	{"apim", "sort([?severity == 'crit'].name)",
	 "[\"apim-atlas-test\",\"apim-qodex-legacy\"]"},
	{"apim", "[?renewal == 'by itself'].[name, certificate]",
	 "[[\"apim-atlas-prod\",60]]"},
	{"functions", "[?severity == 'crit'].name", "[\"func-qodex-ingest\"]"},
	{"functions", "[?state == 'Stopped'].[name, requests, errors]",
	 "[[\"func-qodex-billing\",null,null]]"},
	{"web-apps", "[?severity == 'crit'].[name, availability]",
	 "[[\"app-atlas-reports\",\"Limited\"]]"},
	{"web-apps", "[?name == 'app-qodex-dev'].[runtime, debug, identity] | [0]",
	 "[\".net 6.0\",\"on\",\"none\"]"},
	{"container-instances", "[?severity == 'crit'].[container, reason, exit_code]",
	 "[[\"crawler\",\"CrashLoopBackOff\",1]]"},
	{"container-instances", "[?container == 'virus-scan'].[reason, exit_code] | [0]",
	 "[\"before: OOMKilled\",137]"},
	{"images", "sort([?role == 'latest'].join(' ', [image, version]))",
	 "[\"render-node 0.9.3\",\"ubuntu-agent 1.42.0\",\"windows-agent 2.8.1\"]"},
	{"images", "[?copies != 'Completed'].[version, copies, behind]",
	 "[[\"0.9.4\",\"Failed\",\"North Europe\"],"
	 "[\"1.43.0\",\"InProgress\",\"North Europe\"]]"},
	{"upgrades", "[?state == 'soon'].[name, runs, days]",
	 "[[\"app-atlas-portal\",\"node 20\",49],[\"func-qodex-billing\",\"node "
	 "20\",49]]"},
	{"upgrades", "sort([?state == 'ended' && kind == 'cluster'].runs)",
	 "[\"kubernetes 1.29\",\"kubernetes 1.30\",\"kubernetes 1.30\"]"},
	{"upgrades", "length([?state == 'not known'])", "0"},
	/* More than a year without fixes, in production. */
	{"upgrades", "sort([?severity == 'crit'].runs)",
	 "[\".net 6\",\"api management stv1\",\"redis 4\"]"},
	{"upgrades", "sort([?state == 'ended' && severity == 'info'].environment)",
	 "[\"dev\",\"test\",\"test\",\"test\",\"test\"]"},
	{"identity-posture", KINDS("holds"),
	 "[\"SAS link\",\"access key\",\"identity\",\"key vault\",\"password\","
	 "\"secret\",\"storage key\"]"},
	{"identity-posture", "[?app == 'app-qodex-legacy'].[name, holds]",
	 "[[\"BACKUP_SAS\",\"SAS link\"],[\"Main\",\"password\"]]"},
};

static void test_alive(void **state)
{
	(void)state;
	looks_alive(alive, sizeof(alive) / sizeof(alive[0]));
}

/* What the settings of the estate hold, and no output may. */
static void test_secrets_stay_inside(void **state)
{
	static const char *const formats[] = {"json", "csv", "tsv", "table"};
	static const char *const never[] = {"AccountKey", "SharedAccessKey",
					    "sample",	  "sig=",
					    "Password=",  "bm90LWEta2V5"};

	(void)state;
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		struct run r = {.args = RUN_ARGS("show", "identity-posture", "--demo",
						 "--at", CHECK_AT, "-o", formats[i])};

		run_expect(&r, 0);
		check_case(formats[i], r.out.n > 1000);
		for (size_t k = 0; k < sizeof(never) / sizeof(never[0]); k++)
			check_case(never[k],
				   str_find(strbuf_str(&r.out), str_from(never[k])) < 0);
		run_fini(&r);
	}
}

/* The providers' own lists have the same resources as Resource Graph, under another
 * name. */
#define ARM "arm/inventory/"
static const struct recorded_look recorded[] = {
	{"resources", "all", ARM "resourcegraph-first-page.json", "[].[type, group, use]",
	 "[[\"disks\",\"RG1\",null],[\"automationaccounts\",\"RG2\",null],"
	 "[\"automationaccounts/runbooks\",\"RG2\",null]]"},
	{"resources", "all", ARM "resourcegraph-next-page.json", "length(@)", "3"},
	{"resources", "all", ARM "rec-resourcegraph-vm.json", "[].[name, state, region]",
	 "[[\"cctestvm\",\"Succeeded\",\"southcentralus\"]]"},
	{"resources", "all", ARM "rec-resources-list.json", "length(@)", "7"},
	{"vms", "vms", ARM "rec-resourcegraph-vm.json",
	 "[].[name, size, os, disks, power]",
	 "[[\"cctestvm\",\"Basic_A0\",\"16.04.0-LTS\",1,null]]"},
	{"vmss", "sets", ARM "vmss-list.json", "[].[capacity, size, state, upgrade]",
	 "[[3,\"D1_v2\",\"succeeded\",\"Manual\"]]"},
	{"storage", "accounts", ARM "storage-accounts-list.json",
	 "[0].[name, status, status2, https, redundancy]",
	 "[\"sto1125\",\"available\",\"available\",\"allowed\",\"Standard_GRS\"]"},
	{"vnets", "vnets", ARM "vnets-list.json", "[].[name, subnets, left, space]",
	 "[[\"vnet1\",1,251,\"10.0.0.0/8\"],[\"vnet2\",0,null,\"10.0.0.0/16\"]]"},
	{"nsgs", "nsgs", ARM "nsgs-list.json", "[0].[name, risk, rules]",
	 "[\"nsg1\",\"unused\",0]"},
	{"dns", "records", ARM "dns-recordsets-list.json", "[0].[name, type, value, ttl]",
	 "[\"record1.zone1\",\"CAA\",\"ca.contoso.com\",3600]"},
	{"dns", "records", ARM "rec-dns-recordsets.json", "[].[type, value, leads]",
	 "[[\"A\",\"1.2.3.4, 1.2.3.5\",\"elsewhere\"]]"},
	{"redis", "caches", ARM "redis-list.json", "[].[state, size, version, plain]",
	 "[[\"Creating\",\"C6\",\"3.2\",\"open\"]]"},
	{"acr", "registries", ARM "acr-list.json", "[].[name, tier, admin, cleanup]",
	 "[[\"myRegistry\",\"Standard\",\"off\",\"off\"]]"},
	{"apim", "gateways", ARM "apim-services-list.json",
	 "[0].[state, tier, host, regions]",
	 "[\"Succeeded\",\"Premium\",\"gateway.current.int-azure-api.net\",2]"},
	{"web-apps", "sites", ARM "web-apps-list.json", "[0].[name, state, tls, https]",
	 "[\"sitef6141\",\"Running\",\"1.2\",\"allowed\"]"},
	{"web-apps", "sites", ARM "rec-web-sites-list.json", "[].state", "[\"Running\"]"},
	{"container-instances", "groups", ARM "aci-list.json",
	 "[].[container, state, restarts, memory, access]",
	 "[[\"demo1\",\"Running\",0,1610612736,\"public\"]]"},
	{"images", "copies", ARM "gallery-image-version-replication.json",
	 "[].[image, version, copies, progress, regions]",
	 "[[\"myGalleryImageName\",\"1.0.0\",\"Completed\",100,2]]"},
	{"identity-posture", "settings", ARM "web-app-settings-list.json", "length(@)",
	 "0"},
};

static void test_recorded(void **state)
{
	(void)state;
	looks_recorded(recorded, sizeof(recorded) / sizeof(recorded[0]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_alive),
		cmocka_unit_test(test_secrets_stay_inside),
		cmocka_unit_test(test_recorded),
	};

	return cmocka_run_group_tests_name("inventory", tests, run_setup, run_teardown);
}
