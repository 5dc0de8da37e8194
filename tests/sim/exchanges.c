/* Writes every kind of exchange with the simulator as JSON lines on standard
 * output, for conformance.sh: each address at several moments, refusals, and what
 * our own boards ask. Thread: main. Every answer passes world_answer, which the
 * linker wraps here, so nothing that is asked stays unwritten. */
#include <stdio.h>

#include "base/count.h"
#include "base/secret.h"
#include "base/xalloc.h"
#include "board/poller.h"
#include "sim/addresses.h"
#include "sim/sim.h"
#include "worker/connect.h"

#define PATIENCE_MS 20000
#define MOST_BOARDS 256

void __real_world_answer(struct world *w, struct request *req, struct reply *rep);
void __wrap_world_answer(struct world *w, struct request *req, struct reply *rep);

static const char *method_name(enum sim_method method)
{
	static const char *const names[] = {
		[SIM_GET] = "GET",     [SIM_POST] = "POST",	[SIM_PUT] = "PUT",
		[SIM_PATCH] = "PATCH", [SIM_DELETE] = "DELETE", [SIM_OTHER] = "HEAD",
	};

	return names[method];
}

/* Only ARM is published, and not all of it: the polling addresses of SQL, log
 * queries, applications, billing accounts, reservations and image galleries are not.
 * Records of a DNS zone cannot be told there from the records of one type. */
static bool is_published(const struct request *req)
{
	static const char *const others[] = {
		"/databaseAzureAsyncOperation/",
		"/databaseOperationResults/",
		"/elasticPoolAzureAsyncOperation/",
		"/elasticPoolOperationResults/",
		"/failoverGroupAzureAsyncOperation/",
		"/failoverGroupOperationResults/",
		"/locations/westeurope/operation",
		"/locations/northeurope/operation",
		"/operationresults/",
		"/api/query",
		"/Microsoft.Insights/components",
		"/Microsoft.KeyVault/",
		"/galleries/",
		"/recordsets",
		"/Microsoft.Capacity/reservations",
		"/billingAccounts",
		"/policyAssignments",
	};

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (str_find(req->path, str_from(others[i])) >= 0 &&
		    str_find(req->path, STR("/metrics")) < 0 &&
		    str_find(req->path, STR("/Microsoft.Consumption/")) < 0)
			return false;
	return (str_starts(req->path, STR("/subscriptions")) ||
		str_starts(req->path, STR("/tenants")) ||
		str_starts(req->path, STR("/providers/")));
}

static void write_exchange(const struct request *req, const struct reply *rep)
{
	struct strbuf out;

	strbuf_init(&out, 2 * REPLY_MAX_BODY);
	jw_object(&out, NULL);
	jw_format(&out, "name", "%d %.*s", rep->status, STR_ARG(req->path));
	jw_text(&out, "method", method_name(req->method));
	jw_format(&out, "url", "https://management.azure.com%.*s", STR_ARG(req->target));
	jw_object(&out, "headers");
	jw_text(&out, "content-type", "application/json");
	jw_object_end(&out);
	strbuf_printf(&out, ",\"body\":%.*s", req->body.n ? (int)req->body.n : 4,
		      req->body.n ? req->body.p : "null");
	jw_object(&out, "response");
	jw_int(&out, "status", rep->status);
	jw_object(&out, "headers");
	for (size_t i = 0; i < rep->n_headers; i++)
		jw_text(&out, rep->headers[i].name, rep->headers[i].value);
	jw_object_end(&out);
	strbuf_printf(&out, ",\"body\":%s", rep->body.n ? rep->body.p : "null");
	jw_object_end(&out);
	jw_object_end(&out);
	puts(out.p);
	strbuf_fini(&out);
}

void __wrap_world_answer(struct world *w, struct request *req, struct reply *rep)
{
	__real_world_answer(w, req, rep);
	if (is_published(req))
		write_exchange(req, rep);
}

/* Services with one address for everything. */
static struct str operation_of(struct str target)
{
	if (str_starts(target, STR("/_sagemaker")))
		return STR("SageMaker.ListEndpoints");
	if (str_starts(target, STR("/_shield")))
		return STR("AWSShield_20160616.ListAttacks");
	return STR("");
}

static void ask_address(const struct address *address, void *ctx)
{
	struct ask *a = ctx;
	bool is_arm = !str_starts(str_from(address->target), STR("/_"));
	int status;

	a->operation = operation_of(str_from(address->target));
	status = ask_status(a, address->route->method, address->target, address->body);

	/* A database that cannot be scaled, or not to that size, says so; cost without
	 * lines is a 204. Other services than ARM are not judged, and not every cluster
	 * has every kind of thing, nor every address a question. */
	if (status / 100 != 2 && status != 409 &&
	    !(address->route->method == SIM_PATCH && status == 400) &&
	    !(!is_arm && (status == 404 || status == 400))) {
		fprintf(stderr, "%s: %d\n", address->target, status);
		fatal("exchanges: an address of the estate is refused");
	}
	clock_advance(&a->clock, 1000);
}

static void write_moments(void)
{
	static const int64_t moments_ms[] = {
		ASK_NOON_MS,
		ASK_NOON_MS + 7 * 3600000LL + 90000,  /* the evening's scaling runs */
		ASK_NOON_MS + 64 * 3600000LL,	      /* Sunday, two at night */
		ASK_NOON_MS + 302 * 3600000LL + 1000, /* the first of July, midnight */
	};
	struct ask a;

	for (size_t i = 0; i < sizeof(moments_ms) / sizeof(moments_ms[0]); i++) {
		ask_init(&a, 1 + i, moments_ms[i]);
		addresses_each(&a.world, ask_address, &a);
		ask_fini(&a);
	}
}

static void write_refusals(void)
{
#define SUB "/subscriptions/7c9e2d14-0b8f-4f5a-8d36-1e5b90aa6c01"
#define RG  SUB "/resourceGroups/rg-atlas-prod-weu"
	static const char *const gone[] = {
		"/subscriptions/00000000-0000-0000-0000-00000000dead?api-version="
		"2022-12-01",
		SUB "/resourceGroups/nobody?api-version=2021-04-01",
		RG "/providers/Microsoft.Sql/servers/nobody?api-version=2021-11-01",
		RG "/providers/Microsoft.Sql/servers/sql-atlas-prod-weu/databases/"
		   "nobody?api-version=2021-11-01",
		RG "/providers/Microsoft.ContainerService/managedClusters/"
		   "nobody?api-version=2024-09-01",
	};
	struct ask a;
	int status = 200;

	ask_init(&a, 1, ASK_NOON_MS);
	for (size_t i = 0; i < sizeof(gone) / sizeof(gone[0]); i++)
		if (ask_status(&a, SIM_GET, gone[i], NULL) != 404)
			fatal("exchanges: what is not there was found");
	while (status == 200)
		status = ask_status(&a, SIM_GET, RG "?api-version=2021-04-01", NULL);
	ask_fini(&a);
	if (status != 429)
		fatal("exchanges: hammering was not refused");
}

/* Where what was accepted is asked for: not published, but for what is asked of it. */
static void write_polls(struct ask *a, const struct told *t)
{
	static const char *const names[] = {"Azure-AsyncOperation", "Location"};

	for (size_t i = 0; i < 2; i++) {
		const char *url = reply_find_header(&t->rep, names[i]);

		if (url && ask_status(a, SIM_GET, url, NULL) / 100 != 2)
			fatal("exchanges: an operation is not known");
	}
}

/* Every kind of write, what it is over on the way and at its end, and a second one while
 * it runs. */
static void write_writes(void)
{
#define QRG  SUB "/resourceGroups/rg-qodex-prod-weu"
#define VM   RG "/providers/Microsoft.Compute/virtualMachines/vm-atlas-app-01"
#define TAGS "/providers/Microsoft.Resources/tags/default?api-version=2021-04-01"
#define POOL                                                                             \
	QRG "/providers/Microsoft.Sql/servers/sql-qodex-prod-weu/elasticPools/"          \
	    "pool-qodex-tenants"
#define WAREHOUSE                                                                        \
	QRG "/providers/Microsoft.Sql/servers/sql-qodex-prod-weu/databases/"             \
	    "qodex-warehouse"
#define FOG                                                                              \
	SUB "/resourceGroups/rg-atlas-prod-neu/providers/Microsoft.Sql/servers/"         \
	    "sql-atlas-prod-neu/failoverGroups/fog-atlas"
#define NODES                                                                            \
	RG "/providers/Microsoft.ContainerService/managedClusters/aks-atlas-prod/"       \
	   "agentPools/system"
#define PLAN                                                                             \
	SUB "/resourceGroups/rg-recovery-neu/providers/Microsoft.RecoveryServices/"      \
	    "vaults/rsv-replication-neu/replicationRecoveryPlans/rp-atlas"
#define TABLE                                                                            \
	"/subscriptions/7c9e2d14-0b8f-4f5a-8d36-1e5b90aa6c03/resourceGroups/"            \
	"rg-shared-monitor-weu/providers/Microsoft.OperationalInsights/workspaces/"      \
	"log-contoso/tables/QodexEvents_CL"
#define SQL_V "?api-version=2021-11-01"
#define DR_V  "?api-version=2024-04-01"
#define A2A                                                                              \
	"\"providerSpecificDetails\":[{\"instanceType\":\"A2A\","                        \
	"\"recoveryPointType\":\"Latest\"}]"
	static const struct {
		enum sim_method method;
		const char *document, *write, *body;
	} writes[] = {
		{SIM_POST, VM "?api-version=2024-07-01&$expand=instanceView",
		 VM "/deallocate?api-version=2024-07-01", NULL},
		{SIM_POST, VM "?api-version=2024-07-01&$expand=instanceView",
		 VM "/start?api-version=2024-07-01", NULL},
		{SIM_PATCH, VM TAGS, VM TAGS,
		 "{\"operation\":\"Merge\",\"properties\":{\"tags\":{\"owner\":\"a\"}}}"},
		{SIM_PATCH, POOL SQL_V, POOL SQL_V,
		 "{\"sku\":{\"name\":\"StandardPool\",\"tier\":\"Standard\",\"capacity\":"
		 "400}}"},
		{SIM_POST, WAREHOUSE SQL_V, WAREHOUSE "/pause" SQL_V, NULL},
		{SIM_POST, WAREHOUSE SQL_V, WAREHOUSE "/resume" SQL_V, NULL},
		{SIM_POST, FOG SQL_V, FOG "/failover" SQL_V, NULL},
		{SIM_PUT, NODES "?api-version=2024-09-01",
		 NODES "?api-version=2024-09-01",
		 "{\"properties\":{\"count\":5,\"mode\":\"System\",\"vmSize\":"
		 "\"Standard_D4s_v5\"}}"},
		{SIM_PATCH, TABLE "?api-version=2023-09-01",
		 TABLE "?api-version=2023-09-01",
		 "{\"properties\":{\"plan\":\"Analytics\",\"retentionInDays\":60}}"},
		{SIM_POST, PLAN DR_V, PLAN "/testFailover" DR_V,
		 "{\"properties\":{\"failoverDirection\":\"PrimaryToRecovery\","
		 "\"networkType\":\"NoNetworkAsInput\"," A2A "}}"},
		{SIM_POST, PLAN DR_V, PLAN "/testFailoverCleanup" DR_V,
		 "{\"properties\":{\"comments\":\"it works\"}}"},
		{SIM_POST, PLAN DR_V, PLAN "/unplannedFailover" DR_V,
		 "{\"properties\":{\"failoverDirection\":\"PrimaryToRecovery\","
		 "\"sourceSiteOperations\":\"Required\"," A2A "}}"},
		{SIM_POST, PLAN DR_V, PLAN "/failoverCommit" DR_V, NULL},
		{SIM_POST, PLAN DR_V, PLAN "/reProtect" DR_V, NULL},
		{SIM_POST, PLAN DR_V, PLAN "/plannedFailover" DR_V,
		 "{\"properties\":{\"failoverDirection\":\"PrimaryToRecovery\","
		 "\"providerSpecificDetails\":[]}}"},
	};
	struct ask a;

	ask_init(&a, 1, ASK_NOON_MS);
	for (size_t i = 0; i < sizeof(writes) / sizeof(writes[0]); i++) {
		struct told t;

		ask(&a, writes[i].method, writes[i].write, writes[i].body, &t);
		if (t.rep.status / 100 != 2) {
			fprintf(stderr, "%s: %d %s\n", writes[i].write, t.rep.status,
				t.rep.body.p);
			fatal("exchanges: a write is refused");
		}
		/* Of Site Recovery's refusals nothing is published. */
		if (!strstr(writes[i].write, "/replicationRecoveryPlans/"))
			ask_status(&a, writes[i].method, writes[i].write, writes[i].body);
		ask_status(&a, SIM_GET, writes[i].document, NULL);
		write_polls(&a, &t);
		ask_at(&a, clock_wall_ms(&a.clock) + 30 * 60000);
		ask_status(&a, SIM_GET, writes[i].document, NULL);
		told_fini(&t);
	}
	ask_fini(&a);
}

/* What somebody may do, whoever they are. Of a group: an address below a resource is
 * none that the tool finds in the interface; what is answered there is the same. */
static void write_rights(void)
{
	static const char *const who[] = {"sg-platform-owners", "sg-oncall", "sg-dba",
					  "sg-finops", NULL};
	struct ask a;

	ask_init(&a, 1, ASK_NOON_MS);
	for (size_t i = 0; i < COUNT(who); i++) {
		a.world.as = who[i];
		if (ask_status(&a, SIM_GET,
			       RG "/providers/Microsoft.Authorization/permissions"
				  "?api-version=2022-04-01",
			       NULL) != 200)
			fatal("exchanges: rights are not told");
	}
	ask_fini(&a);
}

struct deck {
	struct connections connections;
	const struct library *library;
	bool is_there[MOST_BOARDS];
	size_t n_there;
};

static const struct connection *find_connection(void *ctx, enum conn_kind kind, size_t i)
{
	return connections_find(&((struct deck *)ctx)->connections, kind, i);
}

static void on_board(void *ctx, struct board *board)
{
	struct deck *d = ctx;

	for (size_t i = 0; i < library_size(d->library); i++)
		if (library_at(d->library, i) == board->def && !d->is_there[i]) {
			d->is_there[i] = true;
			d->n_there++;
		}
}

static void poll_boards(struct loop *loop, struct http *http, struct deck *deck)
{
	struct poller_options options = {.api = api_new(http, loop, NULL),
					 .loop = loop,
					 .library = deck->library,
					 .speed = 1,
					 .connection = find_connection,
					 .publish = on_board,
					 .ctx = deck};
	struct poller *poller = poller_new(&options);
	int64_t until_ms = clock_mono_us() / 1000 + PATIENCE_MS;
	const char *names[MOST_BOARDS];
	size_t n = library_size(deck->library);

	for (size_t i = 0; i < n; i++)
		names[i] = library_at(deck->library, i)->name;
	poller_want(poller, names, n);
	while (deck->n_there < n && clock_mono_us() / 1000 < until_ms)
		loop_turn(loop, 100);
	if (n == 0 || deck->n_there < n)
		fatal("exchanges: a board did not come");
	poller_free(poller);
	api_free(options.api);
}

static void write_boards(void)
{
	struct deck deck = {.library = library_new(NULL, NULL, NULL)};
	struct http_options options = {.user_agent = "azdeck/test"};
	struct clock clock;
	struct err err;
	struct loop *loop;
	struct http *http;
	struct sim *sim;

	clock_init_real(&clock);
	loop = loop_new(&clock, &err);
	http = loop ? http_new(loop, &options, &err) : NULL;
	sim = http ? sim_new(loop, &(struct sim_options){.seed = 1, .clock = &clock},
			     &err)
		   : NULL;
	if (!sim ||
	    !connections_to_sim(&deck.connections,
				&(struct credential_host){.http = http, .loop = loop},
				sim_url(sim), &err))
		fatal("exchanges: the simulator does not start");
	poll_boards(loop, http, &deck);
	connections_fini(&deck.connections);
	http_free(http);
	sim_free(sim);
	loop_free(loop);
	library_free((struct library *)(uintptr_t)deck.library);
}

int main(void)
{
	if (!secret_setup())
		fatal("exchanges: libsodium does not start");
	write_moments();
	write_refusals();
	write_writes();
	write_rights();
	write_boards();
	return 0;
}
