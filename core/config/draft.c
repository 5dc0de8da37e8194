/* See draft.h. */
#include "config/draft.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/sanitize.h"
#include "base/str.h"
#include "base/vec.h"
#include "base/xalloc.h"

struct writer {
	struct strbuf *out;
	VEC(char *) names; /* of connections, so far */
};

/* On a line of its own or behind something: names must not end the comment. */
static void put_remark(struct strbuf *out, const char *text)
{
	strbuf_puts(out, "// ");
	sanitize_line(out, str_sub(str_from(text), 0, 300));
	strbuf_putc(out, '\n');
}

static void put_text(struct strbuf *out, const char *text)
{
	json_print_text(out, str_from(text));
}

/* The comma before it is the last line's. */
static void put_key(struct strbuf *out, const char *key, const char *text)
{
	bool is_first = out->n && out->p[out->n - 1] == ' ';

	strbuf_printf(out, "%s\"%s\": ", is_first ? "" : ", ", key);
	put_text(out, text);
}

static void put_line(struct strbuf *out)
{
	strbuf_puts(out, ",\n     ");
}

static void put_head(struct strbuf *out)
{
	strbuf_puts(
		out,
		"// The configuration of azdeck: JSON with comments. An open deck reads "
		"it\n"
		"// again when it is saved. azdeck-config(5) has every key, `azdeck "
		"schema`\n"
		"// is for editors, `azdeck doctor` tries all of it. No secret stands "
		"here,\n"
		"// only where it is: env:NAME, file:PATH, secret:NAME (azdeck "
		"secret).\n"
		"{\n");
}

/* Where nobody signs in by hand. */
static void put_other_credentials(struct strbuf *out)
{
	strbuf_puts(out, "    // A service principal:\n"
			 "    // \"reader\": {\"method\": \"secret\", \"tenant\": "
			 "\"contoso.example\",\n"
			 "    //            \"client_id\": \"...\", \"secret\": "
			 "\"secret:reader\"},\n"
			 "    // \"pager\": {\"method\": \"api-key\", \"header\": "
			 "\"Authorization\",\n"
			 "    //           \"prefix\": \"Token token=\", \"key\": "
			 "\"secret:pagerduty\"},\n"
			 "  },\n\n");
}

static void put_credentials(struct strbuf *out, const struct draft *d)
{
	strbuf_puts(out, "  // Who asks. `azdeck login` signs in again, `azdeck logout` "
			 "forgets it.\n"
			 "  \"credentials\": {\n"
			 "    \"" DRAFT_CREDENTIAL "\": {\"method\": \"device\"");
	if (d->tenant)
		put_key(out, "tenant", d->tenant);
	if (d->authority)
		put_key(out, "authority", d->authority);
	strbuf_puts(out, "},\n");
	put_other_credentials(out);
}

static bool is_taken(const struct writer *w, const char *name)
{
	char *const *taken;

	vec_each (taken, &w->names) {
		if (strcmp(*taken, name) == 0)
			return true;
	}
	return false;
}

/* Connections have names of their own: a second "web" is "web (its group)", a third
 * one of the same group is "web (its group) 2". */
static void put_name(struct writer *w, const char *name, const char *group)
{
	struct strbuf text;
	size_t plain;

	strbuf_init(&text, 8192);
	strbuf_puts(&text, name);
	if (is_taken(w, text.p) && group[0])
		strbuf_printf(&text, " (%s)", group);
	plain = text.n;
	for (size_t i = 2; is_taken(w, text.p); i++) {
		strbuf_cut(&text, plain);
		strbuf_printf(&text, " %zu", i);
	}
	put_text(w->out, text.p);
	vec_push(&w->names, strbuf_take(&text));
	strbuf_fini(&text);
}

static void put_cloud(struct strbuf *out, const struct draft *d)
{
	if (d->cloud && strcmp(d->cloud, "public") != 0)
		put_key(out, "cloud", d->cloud);
}

static void put_subscriptions(struct strbuf *out, const struct draft *d)
{
	if (d->has_all_subscriptions || !d->n_subscriptions)
		return;
	strbuf_puts(out, ",\n     \"subscriptions\": [\n");
	for (size_t i = 0; i < d->n_subscriptions; i++) {
		strbuf_puts(out, "       ");
		put_text(out, d->subscriptions[i].id);
		strbuf_puts(out, ", ");
		put_remark(out, d->subscriptions[i].name);
	}
	strbuf_puts(out, "     ]");
}

static void put_azure(struct strbuf *out, const struct draft *d)
{
	strbuf_puts(out, d->has_all_subscriptions
				 ? "    // Every subscription the sign-in sees, those to "
				   "come too. A list of\n"
				   "    // ids, \"subscriptions\": [...], would mean "
				   "those alone.\n"
				 : "    // These subscriptions; without the list every "
				   "one the sign-in sees.\n");
	strbuf_puts(out, "    {\"name\": \"azure\", \"kind\": \"arm\"");
	put_cloud(out, d);
	put_key(out, "credential", DRAFT_CREDENTIAL);
	if (d->arm) {
		put_line(out);
		put_key(out, "base", d->arm);
		put_line(out);
		put_key(out, "scope", "https://management.azure.com/.default");
	}
	put_subscriptions(out, d);
	strbuf_puts(out, "},\n");
}

static void put_problem(struct strbuf *out, const struct draft_cluster *c)
{
	struct strbuf text;

	strbuf_init(&text, 8192);
	strbuf_printf(&text, "%s: %s", c->name,
		      c->problem && c->problem[0] ? c->problem
						  : "it did not say where it is");
	put_remark(out, text.p);
	strbuf_fini(&text);
}

static void put_cluster(struct writer *w, const struct draft *d, size_t i)
{
	const struct draft_cluster *c = &d->clusters[i];
	struct strbuf *out = w->out;

	if (!c->base) {
		strbuf_puts(out, "    ");
		put_problem(out, c);
		strbuf_puts(out, "    // Once `az aks get-credentials` has it, its "
				 "context in the kubeconfig:\n");
	}
	strbuf_puts(out, c->base ? "    {\"name\": " : "    // {\"name\": ");
	put_name(w, c->name, c->group ? c->group : "");
	strbuf_puts(out, ", \"kind\": \"k8s\"");
	put_cloud(out, d);
	put_key(out, "credential", c->base ? DRAFT_CREDENTIAL : "kubeconfig");
	if (c->base) {
		put_line(out);
		put_key(out, "base", c->base);
	} else {
		put_key(out, "context", c->name);
	}
	if (c->base && c->ca) {
		put_line(out);
		put_key(out, "ca", c->ca);
	}
	strbuf_puts(out, "},\n");
}

static void put_clusters(struct writer *w, const struct draft *d)
{
	strbuf_puts(w->out,
		    d->n_clusters ? "\n    // Kubernetes clusters, asked with the same "
				    "sign-in.\n"
				  : "\n    // A Kubernetes cluster, as a kubeconfig has "
				    "it:\n"
				    "    // {\"name\": \"web\", \"kind\": \"k8s\", "
				    "\"context\": \"web\",\n"
				    "    //  \"credential\": \"kubeconfig\"},\n");
	for (size_t i = 0; i < d->n_clusters; i++)
		put_cluster(w, d, i);
}

static void put_organization(struct writer *w, const struct draft *d, size_t i)
{
	const struct draft_organization *o = &d->organizations[i];
	struct strbuf *out = w->out;

	strbuf_puts(out, "    {\"name\": ");
	put_name(w, o->name, "devops");
	strbuf_puts(out, ", \"kind\": \"devops\"");
	put_key(out, "organization", o->name);
	put_key(out, "credential", DRAFT_CREDENTIAL);
	if (o->base) {
		put_line(out);
		put_key(out, "base", o->base);
	}
	if (o->n_projects) {
		put_line(out);
		strbuf_puts(out, "\"projects\": [");
		for (size_t k = 0; k < o->n_projects; k++) {
			strbuf_puts(out, k ? ", " : "");
			put_text(out, o->projects[k]);
		}
		strbuf_putc(out, ']');
	}
	strbuf_puts(out, "},\n");
}

static void put_organizations(struct writer *w, const struct draft *d)
{
	strbuf_puts(w->out,
		    d->n_organizations
			    ? "\n    // Azure DevOps; without \"projects\", all of "
			      "them.\n"
			    : "\n    // Azure DevOps:\n"
			      "    // {\"name\": \"devops\", \"kind\": \"devops\", "
			      "\"organization\": \"contoso\",\n"
			      "    //  \"credential\": \"" DRAFT_CREDENTIAL "\"},\n");
	for (size_t i = 0; i < d->n_organizations; i++)
		put_organization(w, d, i);
}

/* What an on-call person has beside Azure. */
static void put_others(struct strbuf *out)
{
	strbuf_puts(out,
		    "\n    // What else there is; azdeck-config(5) has more than thirty "
		    "kinds.\n"
		    "    // {\"name\": \"metrics\", \"kind\": \"prometheus\", "
		    "\"credential\": \"none\",\n"
		    "    //  \"base\": \"https://prometheus.contoso.example\"},\n"
		    "    // {\"name\": \"alerts\", \"kind\": \"alertmanager\", "
		    "\"credential\": \"none\",\n"
		    "    //  \"base\": \"https://alerts.contoso.example\"},\n"
		    "    // {\"name\": \"grafana\", \"kind\": \"grafana\", "
		    "\"credential\": \"env:GRAFANA\",\n"
		    "    //  \"base\": \"https://grafana.contoso.example\"},\n"
		    "    // {\"name\": \"github\", \"kind\": \"github\", \"credential\": "
		    "\"env:GITHUB_TOKEN\"},\n"
		    "    // {\"name\": \"pages\", \"kind\": \"pagerduty\", "
		    "\"credential\": \"pager\"},\n"
		    "    // {\"name\": \"edge\", \"kind\": \"tls\", \"credential\": "
		    "\"none\",\n"
		    "    //  \"endpoints\": [\"www.contoso.example:443\"]},\n");
}

static void put_tail(struct strbuf *out)
{
	strbuf_puts(out, "  ],\n"
			 "\n"
			 "  // Boards can be cut down to what one of these is; w goes "
			 "through them.\n"
			 "  // \"workloads\": [\n"
			 "  //   {\"name\": \"Atlas\", \"groups\": [\"rg-atlas-*\"],\n"
			 "  //    \"tags\": {\"workload\": \"atlas\"}},\n"
			 "  // ],\n"
			 "\n"
			 "  // What boards looked like is kept on disk, so that [ and T "
			 "go back\n"
			 "  // before the last start. false: only until azdeck ends.\n"
			 "  \"history\": {\"keep\": true, \"days\": 30, \"megabytes\": "
			 "256},\n"
			 "\n"
			 "  // \"ui\": {\"theme\": \"light\", \"keymap\": \"vim\", "
			 "\"mouse\": false},\n"
			 "}\n");
}

static void finish(struct writer *w)
{
	char **name;

	put_others(w->out);
	put_tail(w->out);
	vec_each (name, &w->names)
		free(*name);
	vec_fini(&w->names);
}

void draft_put(struct strbuf *out, const struct draft *draft)
{
	struct writer w = {.out = out};

	vec_push(&w.names, xstrdup("azure"));
	put_head(out);
	put_credentials(out, draft);
	strbuf_puts(out, "  // What is asked. Boards have the rows of all connections of "
			 "a kind.\n"
			 "  \"connections\": [\n");
	put_azure(out, draft);
	put_clusters(&w, draft);
	put_organizations(&w, draft);
	finish(&w);
}

void draft_put_sample(struct strbuf *out)
{
	struct writer w = {.out = out};

	put_head(out);
	strbuf_puts(out,
		    "  // Who asks. A person, with a browser and a code (azdeck login):\n"
		    "  \"credentials\": {\n"
		    "    \"" DRAFT_CREDENTIAL "\": {\"method\": \"device\"},\n");
	put_other_credentials(out);
	strbuf_puts(out,
		    "  // What is asked: take the slashes away from what there is. In "
		    "place of\n"
		    "  // \"" DRAFT_CREDENTIAL "\", \"az\" is what az login has "
		    "done, and \"managed-identity\"\n"
		    "  // what this machine is.\n"
		    "  \"connections\": [\n"
		    "    // Every subscription the sign-in sees:\n"
		    "    // {\"name\": \"azure\", \"kind\": \"arm\", "
		    "\"credential\": \"" DRAFT_CREDENTIAL "\"},\n"
		    "    // Or some of them:\n"
		    "    // {\"name\": \"azure-some\", \"kind\": \"arm\", "
		    "\"credential\": \"az\",\n"
		    "    //  \"subscriptions\": "
		    "[\"00000000-0000-0000-0000-000000000000\"]},\n");
	put_clusters(&w, &(struct draft){0});
	put_organizations(&w, &(struct draft){0});
	finish(&w);
}

void draft_put_file_name(struct strbuf *out, const char *name)
{
	enum { MOST = 60 };
	bool was_dash = true;
	size_t from = out->n;

	for (; *name && out->n - from < MOST; name++) {
		char c = *name;

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) {
			if (was_dash)
				continue;
			c = '-';
		}
		was_dash = c == '-';
		strbuf_putc(out, c);
	}
	if (out->n == from)
		strbuf_puts(out, "cluster");
}
