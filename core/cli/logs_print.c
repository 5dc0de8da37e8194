/* See logs_run.h: how lines, counts, clusters and histograms are printed. A pipe or file
 * gets lines as they are; a terminal gets them cleaned, because a log may hold anything.
 * JSON is always UTF-8, and its control characters are escaped. */
#include <inttypes.h>
#include <string.h>

#include "base/json.h"
#include "base/sanitize.h"
#include "base/timefmt.h"
#include "base/utf8.h"
#include "cli/logs_run.h"

enum { BAR_CELLS = 40, LONGEST_MESSAGE = 256 << 20 };

static void put_name(struct logs *l)
{
	if (!l->has_names || !l->name[0])
		return;
	if (l->is_terminal)
		sanitize_line(&l->out, str_from(l->name));
	else
		strbuf_puts(&l->out, l->name);
	strbuf_puts(&l->out, l->request->source ? ": " : ":");
}

void logs_put_line(struct logs *l, struct str raw)
{
	put_name(l);
	if (raw.n && raw.p[raw.n - 1] == '\n')
		raw.n--;
	if (l->is_terminal && raw.n && raw.p[raw.n - 1] == '\r')
		raw.n--;
	if (l->is_terminal)
		sanitize_line(&l->out, raw);
	else
		strbuf_put(&l->out, raw);
	strbuf_putc(&l->out, '\n');
}

/* Bytes that are no UTF-8 become U+FFFD: JSON has no others. */
static void put_text(struct strbuf *out, struct str s)
{
	struct strbuf whole;

	if (utf8_is_valid(s)) {
		json_print_text(out, s);
		return;
	}
	strbuf_init(&whole, LONGEST_MESSAGE);
	while (s.n) {
		char bytes[4];
		uint32_t cp;
		size_t n = utf8_decode(s, &cp);

		strbuf_put(&whole, (struct str){.p = bytes, .n = utf8_encode(cp, bytes)});
		s = str_sub(s, n, s.n);
	}
	json_print_text(out, strbuf_str(&whole));
	strbuf_fini(&whole);
}

static void put_time(struct strbuf *out, const char *name, int64_t ms, bool has_time)
{
	strbuf_printf(out, ",\"%s\":", name);
	if (!has_time) {
		strbuf_puts(out, "null");
		return;
	}
	strbuf_putc(out, '"');
	time_format_iso(out, ms, true);
	strbuf_putc(out, '"');
}

static void put_level(struct strbuf *out, enum line_level level)
{
	if (level == LINE_UNKNOWN)
		strbuf_puts(out, ",\"level\":null");
	else
		strbuf_printf(out, ",\"level\":\"%s\"", line_level_name(level));
}

void logs_put_fields(struct logs *l, const struct line *line)
{
	struct strbuf message;

	strbuf_puts(&l->out, "{\"schema\":\"azdeck.log-line/1\",\"file\":");
	put_text(&l->out, str_from(l->request->source ? l->request->source : l->name));
	put_time(&l->out, "time", line->time_ms, line->has_time);
	put_level(&l->out, line->level);
	strbuf_puts(&l->out, ",\"source\":");
	if (line->source.n)
		put_text(&l->out, line->source);
	else
		strbuf_puts(&l->out, "null");
	strbuf_printf(&l->out,
		      ",\"format\":\"%s\",\"message\":", line_format_name(line->format));
	strbuf_init(&message, LONGEST_MESSAGE);
	line_put_message(&message, line);
	put_text(&l->out, strbuf_str(&message));
	strbuf_fini(&message);
	strbuf_puts(&l->out, "}\n");
}

void logs_put_count(struct logs *l)
{
	if (!l->request->is_json) {
		put_name(l);
		strbuf_printf(&l->out, "%" PRIu64 "\n", l->count);
		return;
	}
	strbuf_puts(&l->out, "{\"schema\":\"azdeck.log-count/1\",\"file\":");
	put_text(&l->out, str_from(l->name));
	strbuf_printf(&l->out, ",\"count\":%" PRIu64 "}\n", l->count);
}

static void put_clusters_json(struct logs *l)
{
	struct strbuf pattern;

	strbuf_init(&pattern, 1 << 16);
	strbuf_puts(&l->out, "{\"schema\":\"azdeck.log-clusters/1\",\"clusters\":[");
	for (size_t i = 0; i < clusters_count(l->clusters); i++) {
		const struct cluster *c = clusters_at(l->clusters, i);

		strbuf_printf(&l->out, "%s{\"count\":%" PRIu64, i ? "," : "", c->count);
		put_level(&l->out, c->level);
		put_time(&l->out, "first", c->first_ms, c->first_ms != 0);
		put_time(&l->out, "last", c->last_ms, c->last_ms != 0);
		strbuf_reset(&pattern);
		cluster_put_pattern(&pattern, c);
		strbuf_puts(&l->out, ",\"pattern\":");
		put_text(&l->out, strbuf_str(&pattern));
		strbuf_putc(&l->out, '}');
	}
	strbuf_printf(&l->out, "],\"left_out\":%" PRIu64 "}\n",
		      clusters_left_out(l->clusters));
	strbuf_fini(&pattern);
}

static void put_moment(struct strbuf *out, int64_t ms)
{
	if (ms)
		time_format_iso(out, ms, false);
	else
		strbuf_printf(out, "%-20s", "-");
}

/* The patterns of lines may hold what lines hold, so they are cleaned everywhere. */
void logs_put_clusters(struct logs *l)
{
	struct strbuf pattern;

	if (l->request->is_json) {
		put_clusters_json(l);
		return;
	}
	strbuf_init(&pattern, 1 << 16);
	strbuf_printf(&l->out, "%8s  %-8s  %-20s  %-20s  %s\n", "COUNT", "LEVEL", "FIRST",
		      "LAST", "PATTERN");
	for (size_t i = 0; i < clusters_count(l->clusters); i++) {
		const struct cluster *c = clusters_at(l->clusters, i);

		strbuf_printf(&l->out, "%8" PRIu64 "  %-8s  ", c->count,
			      c->level ? line_level_name(c->level) : "-");
		put_moment(&l->out, c->first_ms);
		strbuf_puts(&l->out, "  ");
		put_moment(&l->out, c->last_ms);
		strbuf_puts(&l->out, "  ");
		strbuf_reset(&pattern);
		cluster_put_pattern(&pattern, c);
		sanitize_line(&l->out, strbuf_str(&pattern));
		strbuf_putc(&l->out, '\n');
	}
	if (clusters_left_out(l->clusters))
		strbuf_printf(&l->out,
			      "%8" PRIu64 "  other lines: %d patterns are kept\n",
			      clusters_left_out(l->clusters), CLUSTERS_MOST);
	strbuf_fini(&pattern);
}

static void put_histogram_json(struct logs *l)
{
	const struct histogram *h = &l->histogram;

	strbuf_printf(&l->out,
		      "{\"schema\":\"azdeck.log-histogram/1\",\"seconds\":%" PRId64
		      ",\"buckets\":[",
		      histogram_width_ms(h) / 1000);
	for (size_t i = 0; i < h->n; i++) {
		strbuf_printf(&l->out, "%s{\"lines\":%" PRIu64, i ? "," : "",
			      histogram_sum(&h->bucket[i]));
		put_time(&l->out, "begin", histogram_begin_ms(h, i), true);
		for (size_t level = 0; level < LINE_LEVELS; level++)
			strbuf_printf(&l->out, ",\"%s\":%" PRIu64,
				      line_level_name((enum line_level)level),
				      h->bucket[i].lines[level]);
		strbuf_putc(&l->out, '}');
	}
	strbuf_printf(&l->out, "],\"untimed\":%" PRIu64 "}\n", h->untimed);
}

void logs_put_histogram(struct logs *l)
{
	const struct histogram *h = &l->histogram;
	uint64_t most = 1;

	if (l->request->is_json) {
		put_histogram_json(l);
		return;
	}
	for (size_t i = 0; i < h->n; i++) {
		if (histogram_sum(&h->bucket[i]) > most)
			most = histogram_sum(&h->bucket[i]);
	}
	strbuf_printf(&l->out, "%-20s %9s %9s %9s\n", "BEGIN", "LINES", "ERRORS",
		      "WARNINGS");
	for (size_t i = 0; i < h->n; i++) {
		const uint64_t *lines = h->bucket[i].lines;
		uint64_t sum = histogram_sum(&h->bucket[i]);

		time_format_iso(&l->out, histogram_begin_ms(h, i), false);
		strbuf_printf(&l->out, " %9" PRIu64 " %9" PRIu64 " %9" PRIu64, sum,
			      lines[LINE_ERROR] + lines[LINE_CRITICAL],
			      lines[LINE_WARNING]);
		if (sum)
			strbuf_puts(&l->out, "  ");
		strbuf_pad(&l->out, '#', (size_t)((sum * BAR_CELLS + most - 1) / most));
		strbuf_putc(&l->out, '\n');
	}
	if (h->untimed)
		strbuf_printf(&l->out, "%-20s %9" PRIu64 "\n", "no time", h->untimed);
}
