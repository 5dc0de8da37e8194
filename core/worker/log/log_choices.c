/* See log_choices.h. */
#include "worker/log/log_choices.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "board/read.h"
#include "stream/log_source.h"
#include "worker/connect.h"

/* "ReplicaSet/checkout-87f85df6c4" is of the deployment "checkout"; a pod that nothing
 * made is itself. */
static struct str workload_of(const char *made_by, const char *pod)
{
	struct str rest = str_from(made_by), kind;
	ptrdiff_t slash = str_find_char(rest, '/');
	const char *dash;

	if (slash < 0)
		return str_from(pod);
	kind = str_sub(rest, 0, (size_t)slash);
	rest = str_sub(rest, (size_t)slash + 1, rest.n);
	if (!str_eq(kind, STR("ReplicaSet")))
		return rest;
	dash = rest.n ? memrchr(rest.p, '-', rest.n) : NULL;
	return dash && dash > rest.p ? str_sub(rest, 0, (size_t)(dash - rest.p)) : rest;
}

static void add_pod(struct log_choices *c, const struct board *pods, size_t row)
{
	struct str of =
		workload_of(read_text(pods, row, "of"), read_text(pods, row, "pod"));
	enum severity severity = pods->rows[row].sev;
	struct strbuf source;
	struct log_choice *each;

	strbuf_init(&source, 2048);
	strbuf_printf(&source, "pods:%s/%.*s@%s", read_text(pods, row, "namespace"),
		      STR_ARG(of), read_text(pods, row, "cluster"));
	vec_each (each, &c->list) {
		if (each->name || strcmp(each->source, source.p) != 0)
			continue;
		each->pods++;
		if (severity > each->severity)
			each->severity = severity;
		strbuf_fini(&source);
		return;
	}
	vec_push(&c->list, (struct log_choice){.source = strbuf_take(&source),
					       .pods = 1,
					       .severity = severity});
	strbuf_fini(&source);
}

/* By cluster first, which stands last. */
static int by_place(const void *a, const void *b)
{
	const struct log_choice *x = a, *y = b;
	int order = strcmp(strrchr(x->source, '@'), strrchr(y->source, '@'));

	return order ? order : strcmp(x->source, y->source);
}

void log_choices_init(struct log_choices *c, const struct config *config,
		      const struct board *pods)
{
	size_t n_named;

	*c = (struct log_choices){0};
	for (size_t i = 0; config && i < config->n_log_sources; i++)
		vec_push(&c->list,
			 (struct log_choice){.name = xstrdup(config->log_sources[i].name),
					     .source = xstrdup(
						     config->log_sources[i].source)});
	n_named = c->list.n;
	for (size_t row = 0; pods && row < pods->n_rows; row++)
		add_pod(c, pods, row);
	if (c->list.n > n_named)
		qsort(c->list.p + n_named, c->list.n - n_named, sizeof(*c->list.p),
		      by_place);
}

void log_choices_fini(struct log_choices *c)
{
	struct log_choice *each;

	vec_each (each, &c->list) {
		free(each->name);
		free(each->source);
	}
	vec_fini(&c->list);
}

const char *log_choices_resolve(const struct config *config, const char *text,
				struct err *err)
{
	if (log_source_has_kind(str_from(text)))
		return text;
	for (size_t i = 0; config && i < config->n_log_sources; i++) {
		if (strcmp(config->log_sources[i].name, text) == 0)
			return config->log_sources[i].source;
	}
	err_set(err, ERR_NOT_FOUND,
		"there is no source \"%.60s\" in the configuration, and it does not "
		"begin "
		"with pods:, kql:, search: or file:",
		text);
	return NULL;
}

static bool has_connection(const struct connections *all, const struct log_source *source)
{
	static const enum conn_kind kinds[] = {[LOG_SOURCE_PODS] = CONN_K8S,
					       [LOG_SOURCE_KQL] = CONN_LOG_ANALYTICS,
					       [LOG_SOURCE_SEARCH] = CONN_LOG_ANALYTICS};
	const struct connection *conn;

	if (source->kind == LOG_SOURCE_FILE)
		return true;
	for (size_t i = 0; (conn = connections_find(all, kinds[source->kind], i)); i++) {
		if (!source->connection.n ||
		    str_eq(source->connection, str_from(conn->name)))
			return true;
	}
	return false;
}

bool log_choices_check(const struct config *config, const struct connections *connections,
		       struct err *err)
{
	for (size_t i = 0; i < config->n_log_sources; i++) {
		struct log_source source;
		struct err why;
		char path[48];

		snprintf(path, sizeof(path), "logs.sources[%zu]", i);
		if (!log_source_parse(str_from(config->log_sources[i].source), &source,
				      &why))
			return config_fail(config, path, why.text, err);
		if (!has_connection(connections, &source))
			return config_fail(config, path,
					   source.connection.n
						   ? "no connection of its kind has the "
						     "name behind its @"
						   : "there is no connection of its kind",
					   err);
	}
	return true;
}
