/* See edges.h. */
#include "worker/edges.h"

#include <stdio.h>
#include <string.h>

#include "base/strbuf.h"
#include "base/timefmt.h"
#include "board/read.h"
#include "sql/drift.h"
#include "sql/size.h"

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

/* A size that a database can be given by itself. */
static bool ask_database(const char *want, struct edge *out)
{
	struct sql_size size;

	out->action = "sql-scale";
	out->input = "size";
	out->value = want;
	return sql_size_parse(str_from(want), &size) && !size.is_pool;
}

/* A pool gets more or less of what it has; another tier is for a person to choose. */
static bool ask_pool(const char *is, const char *want, struct edge *out)
{
	struct sql_size from, to;

	out->action = "sql-pool-scale";
	out->input = "capacity";
	out->is_number = true;
	if (!sql_size_parse(str_from(is), &from) ||
	    !sql_size_parse(str_from(want), &to) || !sql_size_is_comparable(&from, &to))
		return false;
	out->value = strrchr(want, '_');
	return out->value && *++out->value;
}

static bool ask(const struct board *board, size_t row, struct edge *out)
{
	const char *want = read_text(board, row, "want");
	const char *status = read_text(board, row, "status");

	if (strcmp(read_text(board, row, "kind"), "pool") == 0)
		return strcmp(status, "Ready") == 0 &&
		       ask_pool(read_text(board, row, "size"), want, out);
	return strcmp(status, "Online") == 0 && ask_database(want, out);
}

static bool fits(const char *const *patterns, size_t n, const struct board *board,
		 size_t row)
{
	const char *name = read_text(board, row, "name");
	struct strbuf whole;
	bool does;

	strbuf_init(&whole, 600);
	strbuf_printf(&whole, "%s/%s", read_text(board, row, "server"), name);
	does = str_fits_any_nocase(str_from(name), patterns, n) ||
	       str_fits_any_nocase(strbuf_str(&whole), patterns, n);
	strbuf_fini(&whole);
	return does;
}

static void set_id(struct edge *out)
{
	struct strbuf text;

	strbuf_init(&text, 4096);
	strbuf_printf(&text, "%lld %s %s", (long long)out->at_ms, out->text,
		      out->resource);
	snprintf(out->id, sizeof(out->id), "%016llx",
		 (unsigned long long)str_hash(strbuf_str(&text)));
	strbuf_fini(&text);
}

static void set_why(const char *missed, struct edge *out)
{
	struct strbuf at;

	strbuf_init(&at, 40);
	time_format_iso(&at, out->at_ms, false);
	snprintf(out->why, sizeof(out->why), "its schedule asks for %s since %s%s%.120s",
		 out->text, at.p, missed[0] ? ": " : "", missed);
	strbuf_fini(&at);
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
	snprintf(out->text, sizeof(out->text), "%s=%s", out->input, out->value);
	out->is_unattended = fits(config->unattended, config->n_unattended, board, row);
	out->is_wanted = out->is_unattended ||
			 fits(config->propose, config->n_propose, board, row);
	set_id(out);
	set_why(read_text(board, row, "missed"), out);
	return is_drift(drift, SQL_DRIFT_DUE) ? EDGE_DUE : EDGE_MISSED;
}
