/* The hosts that connections are at: the time they have, their names, their
 * certificates. Each is asked once, by nobody in particular: any answer has a Date.
 * Thread: core. */
#include <netdb.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/timefmt.h"
#include "cli/doctor_check.h"
#include "config/env.h"
#include "net/http.h"

enum {
	HOST_DEADLINE_MS = 10000,
	NAME_DEADLINE_MS = 6000,
	MOST_SKEW_MS = 5 * MINUTE_MS,
	NOTED_SKEW_MS = MINUTE_MS,
	SOON_DAYS = 21
};

/* Scheme, host and port. */
static struct str origin(struct str url)
{
	ptrdiff_t scheme = str_find(url, STR("://"));
	size_t n = scheme < 0 ? 0 : (size_t)scheme + 3;

	while (n < url.n && !strchr("/?#", url.p[n]))
		n++;
	return scheme < 0 ? (struct str){0} : str_sub(url, 0, n);
}

/* The host in an origin. */
static struct str bare_host(struct str url)
{
	struct str host = str_sub(url, (size_t)str_find(url, STR("://")) + 3, url.n);
	ptrdiff_t at;

	while ((at = str_find_char(host, '@')) >= 0)
		host = str_sub(host, (size_t)at + 1, host.n);
	if (host.n && host.p[0] == '[' && (at = str_find_char(host, ']')) > 0)
		return str_sub(host, 1, (size_t)at - 1);
	at = str_find_char(host, ':');
	return at < 0 ? host : str_sub(host, 0, (size_t)at);
}

struct doctor_host *doctor_host_of(struct doctor *d, const struct connection *connection)
{
	struct str url = origin(str_from(connection->base_url));
	struct doctor_host *h;

	vec_each (h, &d->hosts) {
		/* Who may vouch for it is the connection's own. */
		if (str_eq_nocase(h->url, url) && h->connection->tls == connection->tls)
			return h;
	}
	return NULL;
}

void doctor_find_hosts(struct doctor *d)
{
	struct connection *const *conn;

	vec_each (conn, &d->access.connections.list) {
		struct str url = origin(str_from((*conn)->base_url));

		if (!url.n || !doctor_wants(d, *conn) || doctor_host_of(d, *conn))
			continue;
		vec_push(&d->hosts,
			 (struct doctor_host){.url = arena_str(&d->arena, url),
					      .host = arena_strdup(&d->arena,
								   bare_host(url)),
					      .connection = *conn});
	}
}

struct date {
	struct doctor *d;
	size_t host;
};

static void date_came(struct http_response *r, void *ctx)
{
	struct date *w = ctx;
	struct doctor_host *h = &w->d->hosts.p[w->host];
	struct str date = http_header_find(r, "date");

	h->err = r->err;
	h->asked_ms = clock_wall_ms(&w->d->clock);
	if (!date.n || !time_parse(date, &h->date_ms))
		h->date_ms = 0;
	w->d->n_waiting--;
}

static void ask_all(struct doctor *d)
{
	struct date *asked = xcalloc(d->hosts.n + 1, sizeof(*asked));

	for (size_t i = 0; i < d->hosts.n; i++) {
		const struct doctor_host *h = &d->hosts.p[i];
		const struct http_request request = {.url = h->url,
						     .tls = h->connection->tls,
						     .deadline_ms = HOST_DEADLINE_MS,
						     .is_single = true,
						     .is_interactive = true};

		asked[i] = (struct date){.d = d, .host = i};
		d->n_waiting++;
		http_send(d->access.host.http, &request, date_came, &asked[i]);
	}
	/* Every request has its own deadline, so this ends. */
	while (d->n_waiting)
		doctor_wait(d, HOST_DEADLINE_MS);
	free(asked);
}

static void say_skew(struct doctor *d, const struct doctor_host *h)
{
	int64_t skew_ms = h->asked_ms - h->date_ms;
	int64_t by_ms = skew_ms < 0 ? -skew_ms : skew_ms;
	struct strbuf by;

	strbuf_init(&by, 40);
	duration_format(&by, by_ms);
	if (by_ms > MOST_SKEW_MS)
		doctor_say(d, DOCTOR_FAIL, h->host,
			   "set this machine's clock (timedatectl set-ntp true): "
			   "certificate sign-in and tokens are refused",
			   "our clock is %s %s", by.p, skew_ms > 0 ? "ahead" : "behind");
	else if (by_ms > NOTED_SKEW_MS)
		doctor_say(d, DOCTOR_WARN, h->host,
			   "have this machine's clock set (timedatectl set-ntp true)",
			   "our clock is %s %s", by.p, skew_ms > 0 ? "ahead" : "behind");
	else
		doctor_say(d, DOCTOR_OK, h->host, "", "the clocks agree");
	strbuf_fini(&by);
}

void doctor_clock(struct doctor *d)
{
	const struct doctor_host *h;

	ask_all(d);
	vec_each (h, &d->hosts) {
		if (h->date_ms)
			say_skew(d, h);
		else
			doctor_say(d, DOCTOR_SKIP, h->host, "see what tls says of it",
				   h->err.code == ERR_NONE ? "it says no time"
							   : "it does not answer");
	}
}

struct lookup {
	uv_getaddrinfo_t req;
	struct doctor *d; /* NULL: too late for anybody */
	int status;	  /* 1: no answer yet */
};

static void name_came(uv_getaddrinfo_t *req, int status, struct addrinfo *list)
{
	struct lookup *l = (struct lookup *)req;

	uv_freeaddrinfo(list);
	if (!l->d) {
		free(l);
		return;
	}
	l->status = status;
	l->d->n_waiting--;
}

static struct lookup *look_up(struct doctor *d, const char *host)
{
	struct lookup *l = xcalloc(1, sizeof(*l));
	int status;

	l->d = d;
	l->status = 1;
	d->n_waiting++;
	status = uv_getaddrinfo(loop_uv(d->loop), &l->req, name_came, host, NULL, NULL);
	if (status != 0) {
		l->status = status;
		d->n_waiting--;
	}
	return l;
}

static bool has_proxy(void)
{
	return env_get("https_proxy") || env_get("HTTPS_PROXY") || env_get("all_proxy") ||
	       env_get("ALL_PROXY") || env_get("http_proxy");
}

static void say_name(struct doctor *d, const struct doctor_host *h, int status)
{
	char why[80] = "no answer in time";
	struct err err;

	if (status == 0) {
		doctor_say(d, DOCTOR_OK, h->host, "", "resolves");
	} else if (has_proxy() && h->err.code == ERR_NONE) {
		doctor_say(d, DOCTOR_OK, h->host, "", "the proxy resolves it");
	} else {
		if (status < 0)
			uv_strerror_r(status, why, sizeof(why));
		err_set(&err, ERR_NETWORK, "the name does not resolve: %s", why);
		doctor_fail(d, h->host, &err,
			    "check the host in the configuration, /etc/resolv.conf, and "
			    "the private DNS zone");
	}
}

void doctor_dns(struct doctor *d)
{
	struct lookup **all = xcalloc(d->hosts.n + 1, sizeof(struct lookup *));

	for (size_t i = 0; i < d->hosts.n; i++)
		all[i] = look_up(d, d->hosts.p[i].host);
	doctor_wait(d, NAME_DEADLINE_MS);
	for (size_t i = 0; i < d->hosts.n; i++) {
		say_name(d, &d->hosts.p[i], all[i]->status);
		/* The resolver cannot be stopped: it frees its own when it is done. */
		if (all[i]->status == 1) {
			all[i]->d = NULL;
			uv_cancel((uv_req_t *)&all[i]->req);
		} else {
			free(all[i]);
		}
	}
	d->n_waiting = 0;
	free(all);
}

struct shown {
	struct doctor *d;
	int64_t end_ms; /* of the certificate; 0: not known */
};

static void shown_came(struct api_answer *answer, void *ctx)
{
	struct shown *s = ctx;
	const cJSON *chain = json_member(answer->json, "chain");
	const char *end = json_text(cJSON_GetArrayItem(chain, 0), "not_after");

	if (!end || !time_parse(str_from(end), &s->end_ms))
		s->end_ms = 0;
	s->d->n_waiting--;
}

static bool is_https(const struct doctor_host *h)
{
	return str_starts_nocase(h->url, STR("https:"));
}

static void ask_shown(struct doctor *d, struct shown *shown)
{
	struct strbuf path;

	strbuf_init(&path, 2000);
	for (size_t i = 0; i < d->hosts.n; i++) {
		const struct doctor_host *h = &d->hosts.p[i];
		/* Nobody's: a handshake takes no credential. */
		struct connection *probe = arena_alloc(&d->arena, sizeof(*probe));
		struct str authority = str_sub(h->url, STR("https://").n, h->url.n);

		shown[i].d = d;
		if (!is_https(h) || h->err.code != ERR_NONE)
			continue;
		*probe = *h->connection;
		probe->kind = CONN_TLS;
		probe->base_url = (char *)(uintptr_t) "";
		strbuf_reset(&path);
		strbuf_printf(&path, "/probe?at=%.*s", STR_ARG(authority));
		d->n_waiting++;
		api_start(d->api,
			  &(struct api_call){.connection = probe,
					     .path = strbuf_str(&path)},
			  shown_came, &shown[i]);
	}
	strbuf_fini(&path);
}

static void say_tls(struct doctor *d, const struct doctor_host *h, int64_t end_ms)
{
	int64_t days = (end_ms - clock_wall_ms(&d->clock)) / DAY_MS;

	if (h->err.code != ERR_NONE)
		doctor_fail(d, h->host, &h->err,
			    h->err.code == ERR_TLS
				    ? "name the CA in the connection's \"ca\" or "
				      "SSL_CERT_FILE, or renew the certificate"
				    : "nothing on this connection can work before that");
	else if (!is_https(h))
		doctor_say(d, DOCTOR_OK, h->host, "", "answers, without TLS");
	else if (!end_ms)
		doctor_say(d, DOCTOR_OK, h->host, "", "trusted");
	else
		doctor_say(d, days < SOON_DAYS ? DOCTOR_WARN : DOCTOR_OK, h->host,
			   days < SOON_DAYS ? "have its certificate renewed" : "",
			   "trusted, %lld days left", (long long)days);
}

void doctor_tls(struct doctor *d)
{
	struct shown *shown = xcalloc(d->hosts.n + 1, sizeof(*shown));

	ask_shown(d, shown);
	/* A handshake has a deadline of its own. */
	while (d->n_waiting)
		doctor_wait(d, HOST_DEADLINE_MS);
	for (size_t i = 0; i < d->hosts.n; i++)
		say_tls(d, &d->hosts.p[i], shown[i].end_ms);
	free(shown);
}
