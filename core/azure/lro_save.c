/* A running operation as JSON and back, so that another process can follow it. What
 * is read is as foreign as an answer: every field is checked. */
#include "azure/lro.h"

#include <stdlib.h>

#include "azure/host.h"
#include "base/json.h"
#include "base/timefmt.h"
#include "base/xalloc.h"

enum { VERSION = 1, SAVED_MAX_BYTES = 64 * 1024 };

static const struct json_limits limits = {.max_bytes = SAVED_MAX_BYTES, .max_depth = 4};

static const char *const methods[] = {"GET", "POST", "PUT", "PATCH", "DELETE"};
static const char *const phases[] = {"operation", "location", "resource", "result"};

#define COUNT(list) (sizeof(list) / sizeof(*(list)))

static bool word(const cJSON *json, const char *name, const char *const *words, size_t n,
		 int *out)
{
	struct str text = str_from(json_text(json, name));

	for (size_t i = 0; i < n; i++) {
		if (str_eq(text, str_from(words[i]))) {
			*out = (int)i;
			return true;
		}
	}
	return false;
}

static void put_text(struct strbuf *out, const char *name, const char *value)
{
	strbuf_printf(out, ",\"%s\":", name);
	json_print_text(out, str_from(value));
}

void lro_save(const struct lro *l, struct strbuf *out)
{
	strbuf_printf(out, "{\"version\":%d", VERSION);
	put_text(out, "method", methods[l->method]);
	put_text(out, "phase", l->phase == LRO_ENDED ? "ended" : phases[l->phase]);
	put_text(out, "resource", l->resource_url);
	if (l->poll_url)
		put_text(out, "poll", l->poll_url);
	if (l->result_url)
		put_text(out, "result", l->result_url);
	strbuf_puts(out, ",\"started\":\"");
	time_format_iso(out, l->started_utc_ms, true);
	strbuf_printf(out, "\",\"lost\":%s}", l->is_lost ? "true" : "false");
}

/* NULL when absent; *ok falls when it is there and not on the resource's cloud. */
static char *address(const cJSON *json, const char *name, const char *resource, bool *ok)
{
	const char *url = json_text(json, name);

	if (!url)
		return NULL;
	*ok = *ok && host_is_ours(str_from(url), str_from(resource));
	return xstrdup(url);
}

static bool read_saved(struct lro *l, const cJSON *json)
{
	const char *resource = json_text(json, "resource");
	const char *started = json_text(json, "started");
	int method, phase;
	double version;
	int64_t began;
	bool ok = true;

	if (!json_number(json, "version", &version) || version != VERSION || !resource ||
	    !word(json, "method", methods, COUNT(methods), &method) ||
	    !word(json, "phase", phases, COUNT(phases), &phase) ||
	    !host_is_ours(str_from(resource), str_from(resource)) ||
	    !time_parse(str_from(started), &began))
		return false;
	lro_init(l, (enum http_method)method, str_from(resource), began);
	l->phase = (enum lro_phase)phase;
	l->is_lost = json_bool(json, "lost", false);
	l->poll_url = address(json, "poll", resource, &ok);
	l->result_url = address(json, "result", resource, &ok);
	if (ok && l->poll_url)
		return true;
	lro_fini(l);
	return false;
}

bool lro_load(struct lro *l, struct str text, struct err *err)
{
	cJSON *json = json_parse(text, &limits, NULL, err);
	bool ok = json && read_saved(l, json);

	if (json && !ok)
		err_set(err, ERR_PARSE, "this is no saved operation that is running");
	cJSON_Delete(json);
	return ok;
}
