/* `azdeck logs --sources`: what can be followed. Pods are those of the board k8s-pods, out
 * of the same worker as everything. Thread: the main thread. */
#include <inttypes.h>
#include <string.h>

#include "base/json.h"
#include "base/sanitize.h"
#include "cli/aligned.h"
#include "cli/headless.h"
#include "cli/logs_run.h"
#include "worker/log/log_choices.h"

/* NULL: they cannot be had; err says why. */
static struct board *pods_of(struct headless *h, struct err *err)
{
	static const char *const name = "k8s-pods";
	struct board *board;

	worker_want(h->worker, &name, 1);
	board = headless_board(h, name, err);
	if (board && board->err.code != ERR_NONE)
		*err = board->err;
	return board;
}

static void put_json(struct strbuf *out, const struct log_choices *c)
{
	const struct log_choice *each;
	bool is_first = true;

	strbuf_puts(out, "{\"schema\":\"azdeck.log-sources/1\",\"sources\":[");
	vec_each (each, &c->list) {
		strbuf_printf(out, "%s{\"name\":", is_first ? "" : ",");
		is_first = false;
		if (each->name)
			json_print_text(out, str_from(each->name));
		else
			strbuf_puts(out, "null");
		strbuf_puts(out, ",\"source\":");
		json_print_text(out, str_from(each->source));
		strbuf_printf(out, ",\"pods\":%zu,\"severity\":\"%s\"}", each->pods,
			      severity_name(each->severity));
	}
	strbuf_puts(out, "]}\n");
}

static void put_table(struct strbuf *out, const struct log_choices *c)
{
	struct aligned *aligned = aligned_new("<><<");
	const struct log_choice *each;

	aligned_put(aligned, "NAME");
	aligned_put(aligned, "PODS");
	aligned_put(aligned, "STATE");
	aligned_put(aligned, "SOURCE");
	vec_each (each, &c->list) {
		aligned_put(aligned, "%s", each->name ? each->name : "-");
		if (each->pods)
			aligned_put(aligned, "%zu", each->pods);
		else
			aligned_put(aligned, "-");
		aligned_put(aligned, "%s",
			    each->pods ? severity_name(each->severity) : "-");
		aligned_put(aligned, "%s", each->source);
	}
	aligned_end(aligned, out);
}

static bool has_cluster(const struct logs_request *r, const struct config *config)
{
	bool has_one = r->is_demo;

	for (size_t i = 0; !has_one && i < config->n_connections; i++)
		has_one = strcmp(config->connections[i].kind, "k8s") == 0;
	return has_one;
}

void logs_sources(struct logs *l)
{
	const struct logs_request *r = l->request;
	struct log_choices choices;
	struct headless h;
	struct board *pods = NULL;
	struct err err;

	if (!logs_start_worker(l, &h))
		return;
	err_clear(&err);
	if (has_cluster(r, h.config))
		pods = pods_of(&h, &err);
	log_choices_init(&choices, h.config, pods);
	if (r->is_json)
		put_json(&l->out, &choices);
	else
		put_table(&l->out, &choices);
	logs_write_out(l);
	if (err.code != ERR_NONE)
		logs_fail(l, &err);
	log_choices_fini(&choices);
	board_put(pods);
	headless_fini(&h);
}
