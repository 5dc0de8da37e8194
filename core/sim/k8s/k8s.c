/* Lists of the Kubernetes API. Thread: core. A mark of the next page is good for five
 * minutes, as long as the server remembers the version the list began with. */
#include "sim/k8s/k8s.h"

#include <stdio.h>

#include "sim/rhythm.h"

enum { MARK_LIFE_S = 300 };

bool k8s_is_asked(const struct request *req)
{
	return req->n_segments && str_eq(req->segments[0], STR("_k8s"));
}

void k8s_error(struct reply *rep, int status, const char *reason, const char *message)
{
	struct strbuf *out = &rep->body;

	rep->status = status;
	strbuf_reset(out);
	jw_object(out, NULL);
	jw_text(out, "kind", "Status");
	jw_text(out, "apiVersion", "v1");
	jw_object(out, "metadata");
	jw_object_end(out);
	jw_text(out, "status", "Failure");
	jw_text(out, "message", message);
	jw_text(out, "reason", reason);
	jw_int(out, "code", status);
	jw_object_end(out);
}

void k8s_refuse(const struct request *req, struct reply *rep, bool has_path)
{
	if (has_path) {
		k8s_error(rep, 405, "MethodNotAllowed",
			  "the server does not allow this method on the requested "
			  "resource");
		return;
	}
	(void)req;
	rep->status = 404;
	strbuf_reset(&rep->body);
	strbuf_puts(&rep->body, "404 page not found\n");
	reply_header(rep, "Content-Type", "text/plain; charset=utf-8");
}

const struct cluster *k8s_cluster(const struct request *req, struct reply *rep)
{
	struct str name = request_param(req, "k8s");

	for (size_t i = 0; i < aks_n_clusters; i++) {
		if (str_eq(name, str_from(aks_clusters[i].name)) &&
		    strcmp(aks_clusters[i].power, "Running") == 0)
			return &aks_clusters[i];
	}
	k8s_refuse(req, rep, false);
	return NULL;
}

/* "<revision>-<from>", as opaque as the real one is meant to be taken. */
static bool read_mark(struct k8s_list *l, struct str mark)
{
	int64_t revision, from;
	struct str part;

	if (!mark.n)
		return true;
	if (!str_next(&mark, '-', &part) || !str_to_i64(part, &revision) ||
	    !str_to_i64(mark, &from) || from < 0) {
		k8s_error(l->rep, 400, "BadRequest",
			  "continue key is not valid: encoded continue token is "
			  "malformed");
		return false;
	}
	if (l->revision - revision > MARK_LIFE_S) {
		k8s_error(l->rep, 410, "Expired",
			  "The provided continue parameter is too old to display a "
			  "consistent list result. You must start a new list without "
			  "the continue parameter.");
		return false;
	}
	l->revision = revision;
	l->from = (size_t)from;
	return true;
}

static bool read_limit(struct k8s_list *l, struct str limit)
{
	int64_t n = 0;

	if (limit.n && (!str_to_i64(limit, &n) || n < 0)) {
		k8s_error(l->rep, 400, "BadRequest", "limit must be a whole number");
		return false;
	}
	l->limit = (size_t)n;
	return true;
}

bool k8s_begin(struct k8s_list *l, const struct world *w, const struct request *req,
	       struct reply *rep)
{
	*l = (struct k8s_list){.w = w,
			       .cluster = k8s_cluster(req, rep),
			       .rep = rep,
			       .namespace = request_param(req, "namespace"),
			       .selector = request_query(req, "labelSelector"),
			       .revision = w->now_ms / 1000};
	if (!l->cluster || !read_mark(l, request_query(req, "continue")) ||
	    !read_limit(l, request_query(req, "limit")))
		return false;
	l->is_metadata_only =
		str_find(req->accept, STR("as=PartialObjectMetadataList")) >= 0;
	strbuf_init(&l->items, REPLY_MAX_BODY);
	l->out = &l->items;
	return true;
}

bool k8s_takes(struct k8s_list *l, const char *namespace)
{
	size_t i;

	if (l->namespace.n && !str_eq(l->namespace, str_from(namespace)))
		return false;
	i = l->seen++;
	if (i < l->from || (l->limit && l->written == l->limit))
		return false;
	l->written++;
	return true;
}

void k8s_end(struct k8s_list *l, const char *kind, const char *version)
{
	struct strbuf *out = &l->rep->body;
	size_t to = l->from + l->written;

	jw_object(out, NULL);
	if (l->is_metadata_only) {
		jw_text(out, "kind", "PartialObjectMetadataList");
		jw_text(out, "apiVersion", "meta.k8s.io/v1");
	} else {
		jw_format(out, "kind", "%sList", kind);
		jw_text(out, "apiVersion", version);
	}
	jw_object(out, "metadata");
	if (to < l->seen) {
		jw_format(out, "continue", "%lld-%zu", (long long)l->revision, to);
		/* Of a selection the server does not know how much is left. */
		if (!l->selector.n)
			jw_int(out, "remainingItemCount", (int64_t)(l->seen - to));
	}
	jw_format(out, "resourceVersion", "%lld", (long long)l->revision);
	jw_object_end(out);
	strbuf_puts(out, ",\"items\":[");
	strbuf_put(out, strbuf_str(&l->items));
	strbuf_puts(out, "]}");
	strbuf_fini(&l->items);
}

void k8s_object(struct k8s_list *l, const char *namespace, const char *name,
		int64_t created_ms)
{
	struct strbuf what;

	strbuf_init(&what, 1024);
	strbuf_printf(&what, "%s/%s/%s", l->cluster->name, namespace ? namespace : "",
		      name);
	jw_object(l->out, NULL);
	jw_object(l->out, "metadata");
	jw_text(l->out, "name", name);
	if (namespace)
		jw_text(l->out, "namespace", namespace);
	jw_text(l->out, "uid", guid_of(l->w->seed, what.p, 0).text);
	jw_format(l->out, "resourceVersion", "%u",
		  (unsigned)(str_hash(strbuf_str(&what)) % 90000000) + 1000000);
	jw_time(l->out, "creationTimestamp", created_ms, 0);
	strbuf_fini(&what);
}

void k8s_condition(struct strbuf *out, const char *type, const char *status,
		   const char *reason, const char *message, int64_t since_ms)
{
	jw_object(out, NULL);
	jw_text(out, "type", type);
	jw_text(out, "status", status);
	jw_time(out, "lastTransitionTime", since_ms, 0);
	if (reason)
		jw_text(out, "reason", reason);
	if (message)
		jw_text(out, "message", message);
	jw_object_end(out);
}

int64_t k8s_since(const struct world *w, int64_t period_ms)
{
	return w->now_ms - w->now_ms % period_ms;
}
