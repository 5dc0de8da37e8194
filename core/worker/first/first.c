/* See first.h. One sign-in is a run: what it asked is dropped when another begins, so
 * that an answer never meets questions it does not belong to. */
#include "worker/first/first.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "azure/kinds.h"
#include "base/json.h"
#include "base/percent.h"
#include "base/strbuf.h"
#include "base/xalloc.h"
#include "config/draft.h"
#include "config/env.h"
#include "worker/connect.h"

#define CLUSTERS_QUERY                                                                   \
	"{\"query\":\"resources | where type =~ "                                        \
	"'microsoft.containerservice/managedclusters' | project id, name, type, "        \
	"location, resourceGroup, subscriptionId, properties | order by id asc\","       \
	"\"options\":{\"$top\":1000,\"resultFormat\":\"objectArray\"}}"

/* One question under way. */
struct asking {
	struct asking *next;
	struct first *first;
	uint64_t id;
	struct first_news *news;       /* what it will tell */
	struct connection *connection; /* its own, or NULL */
	void (*read)(struct asking *a, const struct api_answer *answer);
};

struct first {
	struct first_host host;
	unsigned run;
	struct first_hosts hosts;
	struct credential *credential;
	struct connections connections; /* to Resource Manager and to profiles */
	struct asking *asked;
};

const char *first_sim_url(void)
{
	return env_get("AZDECK_SIM");
}

static void find_sim(struct first_hosts *out, const char *url)
{
	out->is_sim = true;
	out->cloud = "public";
	out->login = url;
	snprintf(out->arm, sizeof(out->arm), "%s", url);
	snprintf(out->scope, sizeof(out->scope), "https://management.azure.com/.default");
	snprintf(out->profile, sizeof(out->profile), "%s/_vssps", url);
	snprintf(out->devops, sizeof(out->devops), "%s/_devops", url);
}

bool first_hosts_find(struct first_hosts *out, const char *cloud)
{
	const struct cloud_row *row = cloud_find(str_from(cloud));

	*out = (struct first_hosts){0};
	if (strcmp(cloud, FIRST_SIM) == 0 && first_sim_url()) {
		find_sim(out, first_sim_url());
		return true;
	}
	if (!row)
		return false;
	out->cloud = row->name;
	snprintf(out->arm, sizeof(out->arm), "%s", row->arm);
	snprintf(out->scope, sizeof(out->scope), "%s/.default", row->arm);
	if (strcmp(row->name, "public") == 0) {
		snprintf(out->profile, sizeof(out->profile),
			 "https://app.vssps.visualstudio.com");
		snprintf(out->devops, sizeof(out->devops), "https://dev.azure.com");
	}
	return true;
}

struct first_order *first_order_new(enum first_order_kind kind, unsigned run)
{
	struct first_order *order = xcalloc(1, sizeof(*order));

	arena_init(&order->arena);
	order->kind = kind;
	order->run = run;
	return order;
}

void first_order_free(struct first_order *order)
{
	if (!order)
		return;
	arena_fini(&order->arena);
	free(order);
}

struct first_news *first_news_new(enum first_news_kind kind, unsigned run)
{
	struct first_news *news = xcalloc(1, sizeof(*news));

	arena_init(&news->arena);
	news->kind = kind;
	news->run = run;
	err_clear(&news->err);
	return news;
}

void first_news_free(struct first_news *news)
{
	if (!news)
		return;
	arena_fini(&news->arena);
	free(news);
}

struct first *first_new(const struct first_host *host)
{
	struct first *f = xcalloc(1, sizeof(*f));

	f->host = *host;
	return f;
}

static void free_asking(struct asking *a)
{
	struct asking **at = &a->first->asked;

	while (*at != a)
		at = &(*at)->next;
	*at = a->next;
	first_news_free(a->news);
	free(a);
}

static void stop(struct first *f)
{
	while (f->asked) {
		api_cancel(f->host.api, f->asked->id);
		free_asking(f->asked);
	}
	if (f->credential)
		credential_forget(f->credential, f);
	connections_fini(&f->connections);
	f->connections = (struct connections){0};
	credential_free(f->credential);
	f->credential = NULL;
}

void first_free(struct first *f)
{
	if (!f)
		return;
	stop(f);
	free(f);
}

struct credential *first_take_credential(struct first *f)
{
	struct credential *credential = f->credential;

	while (f->asked) {
		api_cancel(f->host.api, f->asked->id);
		free_asking(f->asked);
	}
	f->credential = NULL;
	return credential;
}

static void tell(struct asking *a)
{
	struct first_news *news = a->news;

	a->news = NULL;
	a->first->host.tell(a->first->host.ctx, news);
}

static void answered(struct api_answer *answer, void *ctx)
{
	struct asking *a = ctx;

	a->news->err = answer->err;
	a->read(a, answer);
	if (a->news)
		tell(a);
	free_asking(a);
}

static struct asking *ask(struct first *f, const struct api_call *call,
			  struct first_news *news,
			  void (*read)(struct asking *, const struct api_answer *))
{
	struct asking *a = xcalloc(1, sizeof(*a));

	*a = (struct asking){.next = f->asked, .first = f, .news = news, .read = read};
	f->asked = a;
	a->id = api_start(f->host.api, call, answered, a);
	return a;
}

static void read_list(struct asking *a, const struct api_answer *answer)
{
	first_read_list(a->news, answer->json);
}

static struct first_news *list_news(const struct first *f, enum first_list list)
{
	struct first_news *news = first_news_new(FIRST_LISTED, f->run);

	news->list = list;
	return news;
}

static struct connection *connect_to(struct first *f, enum conn_kind kind,
				     const char *name, const char *base)
{
	struct connection *conn = connection_new(kind, name, NULL);

	conn->base_url = xstrdup(base);
	conn->credential = f->credential;
	vec_push(&f->connections.list, conn);
	return conn;
}

static void tell_list_error(struct first *f, enum first_list list, const char *about,
			    const char *why)
{
	struct first_news *news = list_news(f, list);

	if (about)
		news->about = arena_strdup(&news->arena, str_from(about));
	err_set(&news->err, ERR_NOT_FOUND, "%s", why);
	f->host.tell(f->host.ctx, news);
}

/* Whose organizations: the profile has said who asks. */
static void read_profile(struct asking *a, const struct api_answer *answer)
{
	const struct connection *conn =
		connections_find(&a->first->connections, CONN_DEVOPS, 0);
	const char *id = json_text(answer->json, "id");
	struct strbuf path;

	if (answer->err.code != ERR_NONE)
		return;
	if (!id) {
		err_set(&a->news->err, ERR_PARSE, "the profile says nobody");
		return;
	}
	strbuf_init(&path, 4096);
	strbuf_puts(&path, "/_apis/accounts?api-version=7.1&memberId=");
	percent_encode(&path, str_from(id));
	ask(a->first, &(struct api_call){.connection = conn, .path = strbuf_str(&path)},
	    a->news, read_list);
	a->news = NULL;
	strbuf_fini(&path);
}

static void ask_organizations(struct first *f)
{
	if (!f->hosts.profile[0]) {
		tell_list_error(f, FIRST_ORGANIZATIONS, NULL,
				"this cloud has no Azure DevOps");
		return;
	}
	ask(f,
	    &(struct api_call){.connection = connect_to(f, CONN_DEVOPS, "devops",
							f->hosts.profile),
			       .path = STR("/_apis/profile/profiles/me?api-version=7.1")},
	    list_news(f, FIRST_ORGANIZATIONS), read_profile);
}

static void ask_lists(struct first *f)
{
	struct connection *arm = connect_to(f, CONN_ARM, "azure", f->hosts.arm);

	arm->scope = xstrdup(f->hosts.scope);
	ask(f,
	    &(struct api_call){.connection = arm,
			       .path = STR("/subscriptions?api-version=2022-12-01")},
	    list_news(f, FIRST_SUBSCRIPTIONS), read_list);
	ask(f,
	    &(struct api_call){.connection = arm,
			       .method = HTTP_POST,
			       .is_read = true,
			       .path = STR("/providers/Microsoft.ResourceGraph/resources"
					   "?api-version=2024-04-01"),
			       .body = STR(CLUSTERS_QUERY)},
	    list_news(f, FIRST_CLUSTERS), read_list);
	ask_organizations(f);
}

static void came(const struct http_auth *auth, const struct err *err, void *ctx)
{
	struct first *f = ctx;
	struct first_news *news = first_news_new(FIRST_SIGNED_IN, f->run);

	(void)auth;
	news->err = *err;
	f->host.tell(f->host.ctx, news);
	if (err->code == ERR_NONE)
		ask_lists(f);
}

static void sign_in(struct first *f, const struct first_order *order)
{
	struct credential_setting settings[2];
	struct credential_spec spec = {.name = DRAFT_CREDENTIAL,
				       .method = "device",
				       .settings = settings};
	struct err err;

	stop(f);
	f->run = order->run;
	if (!first_hosts_find(&f->hosts, order->cloud)) {
		err_set(&err, ERR_CONFIG, "there is no cloud '%.60s'", order->cloud);
		came(NULL, &err, f);
		return;
	}
	if (order->tenant)
		settings[spec.n_settings++] =
			(struct credential_setting){"tenant", order->tenant};
	if (f->hosts.login)
		settings[spec.n_settings++] =
			(struct credential_setting){"authority", f->hosts.login};
	else
		spec.authority = cloud_find(str_from(f->hosts.cloud))->login;
	f->credential = credential_new(&f->host.credentials, &spec, &err);
	if (f->credential)
		credential_ask(f->credential, str_from(f->hosts.scope), came, f);
	else
		came(NULL, &err, f);
}

static void read_location(struct asking *a, const struct api_answer *answer)
{
	if (a->news->err.code == ERR_NONE &&
	    first_read_cluster(a->news, answer->json, &a->news->err))
		err_clear(&a->news->err);
}

static void locate(struct first *f, const char *id)
{
	const struct connection *arm = connections_find(&f->connections, CONN_ARM, 0);
	struct first_news *news = first_news_new(FIRST_LOCATED, f->run);
	struct str rest = str_from(id), part;
	struct strbuf path;

	news->about = arena_strdup(&news->arena, str_from(id));
	strbuf_init(&path, 4096);
	str_next(&rest, '/', &part); /* before the first slash */
	while (str_next(&rest, '/', &part)) {
		strbuf_putc(&path, '/');
		percent_encode(&path, part);
	}
	strbuf_puts(&path, "/listClusterUserCredential?api-version=2024-09-01");
	ask(f,
	    &(struct api_call){.connection = arm,
			       .method = HTTP_POST,
			       .is_read = true,
			       .path = strbuf_str(&path)},
	    news, read_location);
	strbuf_fini(&path);
}

static void ask_projects(struct first *f, const char *organization)
{
	struct first_news *news = list_news(f, FIRST_PROJECTS);
	struct strbuf base;

	news->about = arena_strdup(&news->arena, str_from(organization));
	strbuf_init(&base, 4096);
	strbuf_printf(&base, "%s/", f->hosts.devops);
	percent_encode(&base, str_from(organization));
	ask(f,
	    &(struct api_call){.connection =
				       connect_to(f, CONN_DEVOPS, organization, base.p),
			       .path = STR("/_apis/projects?api-version=7.1&$top=200")},
	    news, read_list);
	strbuf_fini(&base);
}

static void write_all(struct first *f, const struct first_order *order)
{
	struct first_news *news = first_news_new(FIRST_WRITTEN, order->run);

	if (first_write(f->host.config_path, order, &news->err)) {
		err_clear(&news->err);
		if (f->host.live(f->host.ctx, &news->err))
			err_clear(&news->err);
	}
	f->host.tell(f->host.ctx, news);
}

void first_obey(struct first *f, const struct first_order *order)
{
	bool is_of_run = order->run == f->run && f->connections.list.n > 0;

	switch (order->kind) {
	case FIRST_SIGN_IN:
		sign_in(f, order);
		break;
	case FIRST_STOP:
		stop(f);
		break;
	case FIRST_LOCATE:
		for (size_t i = 0; is_of_run && i < order->n_names; i++)
			locate(f, order->names[i]);
		break;
	case FIRST_ASK_PROJECTS:
		for (size_t i = 0; is_of_run && i < order->n_names; i++)
			ask_projects(f, order->names[i]);
		break;
	case FIRST_WRITE:
		write_all(f, order);
		break;
	}
}
