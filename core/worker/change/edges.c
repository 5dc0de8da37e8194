/* See edges.h. */
#include "worker/change/edges.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/count.h"
#include "base/strbuf.h"
#include "base/timefmt.h"
#include "board/read.h"
#include "sql/drift.h"
#include "sql/size.h"

/* The first ones are of schedules. */
static const char *const boards[] = {
	"sql-schedules", "schedules", "sql",	       "sql-pools",
	"aks-pools",	 "vms",	      "elastic-pools",
};
enum { N_OF_SCHEDULES = 2 };

const char *edges_board(size_t i)
{
	return i < COUNT(boards) ? boards[i] : NULL;
}

const char *edges_source(const char *board)
{
	for (size_t i = 0; i < N_OF_SCHEDULES; i++) {
		if (strcmp(boards[i], board) == 0)
			return boards[i];
	}
	return NULL;
}

static bool is_drift(const char *word, enum sql_drift drift)
{
	return strcmp(word, sql_drift_name(drift)) == 0;
}

static bool is_over(const char *drift)
{
	return is_drift(drift, SQL_DRIFT_NONE) || is_drift(drift, SQL_DRIFT_MOVING) ||
	       is_drift(drift, SQL_DRIFT_OPTED_OUT) ||
	       is_drift(drift, SQL_DRIFT_UNDECIDABLE);
}

static bool is_text(const struct board *board, size_t row, const char *column,
		    const char *word)
{
	return strcmp(read_text(board, row, column), word) == 0;
}

static bool give(struct edge *out, const char *action, const char *input,
		 const char *value, bool is_number)
{
	out->action = action;
	out->input = input;
	out->is_number = is_number;
	snprintf(out->value, sizeof(out->value), "%s", value);
	return true;
}

static bool give_number(struct edge *out, const char *action, const char *input,
			double value)
{
	char text[40];

	snprintf(text, sizeof(text), "%.0f", value);
	return !isnan(value) && give(out, action, input, text, true);
}

/* Nobody commands serverless to pause: it is let sleep as soon as Azure allows, or kept
 * awake, which wakes it up. */
static bool ask_sleep(const char *want, struct edge *out)
{
	if (strcmp(want, "paused") == 0)
		return give(out, "sql-serverless", "pause", "60", true);
	return strcmp(want, "running") == 0 &&
	       give(out, "sql-serverless", "pause", "-1", true);
}

/* A size that a database can be given by itself, or how it sleeps. */
static bool ask_database(const struct board *board, size_t row, struct edge *out)
{
	const char *want = read_text(board, row, "want");
	bool is_online = is_text(board, row, "status", "Online");
	struct sql_size size;

	if (is_online && sql_size_parse(str_from(want), &size) && !size.is_pool)
		return give(out, "sql-scale", "size", want, false);
	return (is_online || is_text(board, row, "status", "Paused")) &&
	       ask_sleep(want, out);
}

/* A pool gets more or less of what it has; another tier is for a person to choose. */
static bool ask_pool(const struct board *board, size_t row, struct edge *out)
{
	const char *want = read_text(board, row, "want"), *capacity = strrchr(want, '_');
	struct sql_size from, to;

	return is_text(board, row, "status", "Ready") && capacity && capacity[1] &&
	       sql_size_parse(str_from(read_text(board, row, "size")), &from) &&
	       sql_size_parse(str_from(want), &to) &&
	       sql_size_is_comparable(&from, &to) &&
	       give(out, "sql-pool-scale", "capacity", capacity + 1, true);
}

/* With an autoscaler, the bound that keeps it from what is wanted. */
static bool ask_nodes(const struct board *board, size_t row, struct edge *out)
{
	double want = read_number(board, row, "aim");
	double least = read_number(board, row, "least");

	if (!is_text(board, row, "status", "Succeeded"))
		return false;
	if (isnan(least))
		return give_number(out, "node-pool-scale", "nodes", want);
	return give_number(out, "node-pool-bounds", least > want ? "least" : "most",
			   want);
}

static bool ask_machine(const struct board *board, size_t row, struct edge *out)
{
	bool is_off = is_text(board, row, "want", "deallocated");

	if (is_off && !is_text(board, row, "status", "running") &&
	    !is_text(board, row, "status", "stopped"))
		return false;
	return give(out, is_off ? "vm-deallocate" : "vm-start", NULL, "", false);
}

static bool ask_agents(const struct board *board, size_t row, struct edge *out)
{
	return give_number(out, "elastic-pool-size", "spare",
			   read_number(board, row, "aim"));
}

static bool ask(const struct board *board, size_t row, struct edge *out)
{
	static const struct {
		const char *kind;
		bool (*ask)(const struct board *board, size_t row, struct edge *out);
	} kinds[] = {
		{"database", ask_database}, {"pool", ask_pool},	    {"nodes", ask_nodes},
		{"machine", ask_machine},   {"agents", ask_agents},
	};

	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (is_text(board, row, "kind", kinds[i].kind))
			return kinds[i].ask(board, row, out);
	}
	return false;
}

static bool fits(const char *const *patterns, size_t n, const struct board *board,
		 size_t row)
{
	const char *place = read_text(board, row, "server");

	if (!place[0])
		place = read_text(board, row, "place");
	return config_names_fit(patterns, n, place, read_text(board, row, "name"));
}

static void set_id(struct edge *out)
{
	struct strbuf text;

	strbuf_init(&text, 4096);
	strbuf_printf(&text, "%lld %s %s", (long long)out->at_ms,
		      out->input ? out->text : out->action, out->resource);
	snprintf(out->id, sizeof(out->id), "%016llx",
		 (unsigned long long)str_hash(strbuf_str(&text)));
	strbuf_fini(&text);
}

static void set_why(const char *missed, const char *want, struct edge *out)
{
	struct strbuf at;

	strbuf_init(&at, 40);
	time_format_iso(&at, out->at_ms, false);
	snprintf(out->why, sizeof(out->why), "its schedule asks for %s since %s%s%.120s",
		 out->input ? out->text : want, at.p, missed[0] ? ": " : "", missed);
	strbuf_fini(&at);
}

bool edge_wish(const struct board *board, size_t row, struct edge *out)
{
	*out = (struct edge){.resource = read_text(board, row, "resource"),
			     .name = read_text(board, row, "name")};
	return read_text(board, row, "want")[0] && ask(board, row, out);
}

enum edge_kind edge_look(const struct board *board, size_t row,
			 const struct config_schedules *config, struct edge *out)
{
	const char *drift = read_text(board, row, "drift");

	*out = (struct edge){.at_ms = read_moment(board, row, "due"),
			     .resource = read_text(board, row, "resource"),
			     .name = read_text(board, row, "name")};
	if (is_over(drift))
		return EDGE_OVER;
	if (!out->at_ms || !out->resource[0] || !ask(board, row, out))
		return EDGE_NONE;
	if (out->input)
		snprintf(out->text, sizeof(out->text), "%s=%s", out->input, out->value);
	out->is_unattended = fits(config->unattended, config->n_unattended, board, row);
	out->is_wanted = out->is_unattended ||
			 fits(config->propose, config->n_propose, board, row);
	set_id(out);
	set_why(read_text(board, row, "missed"), read_text(board, row, "want"), out);
	return is_drift(drift, SQL_DRIFT_DUE) ? EDGE_DUE : EDGE_MISSED;
}
