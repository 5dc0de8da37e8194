/* See log_reader_part.h: the lane of searches and sums. What a person waits for, the next
 * hit, comes first; then hits are counted, then lines are summed up. What is added to the
 * log is counted and summed when it is there. */
#include <stdlib.h>
#include <string.h>

#include "base/sanitize.h"
#include "base/xalloc.h"
#include "worker/log/log_reader_part.h"

/* Patterns that are told. */
enum { CLUSTERS_TOLD = 300, PATTERN_MOST = 4096 };

static void drop(struct log_order **order)
{
	log_order_free(*order);
	*order = NULL;
}

static void end_count(struct log_sums *s)
{
	line_scan_fini(&s->count);
	log_search_fini(&s->search);
	s->is_counting = false;
}

static void end_sum(struct log_sums *s)
{
	line_scan_fini(&s->sum);
	s->is_summing = false;
}

static void recount(struct log_sums *s)
{
	end_count(s);
	end_sum(s);
	s->hits = s->unended_hits = 0;
	s->counted_to = s->summed_to = s->counted_end = s->summed_end = -1;
	memset(&s->histogram, 0, sizeof(s->histogram));
	clusters_free(s->clusters);
	s->clusters = NULL;
}

/* What is under way may still be the pool's: it begins anew when it comes back. */
void log_sums_recount(struct log_sums *s)
{
	s->has_to_count = s->has_to_sum = true;
	log_sums_go(s);
}

void log_sums_reset(struct log_sums *s)
{
	log_sums_recount(s);
}

/* On the pool. */
static void seek(struct log_sums *s)
{
	const struct log_order *order = s->seeking;
	struct lines *lines = &s->lane.lines;
	int64_t left = LOG_STEP_BYTES, at;
	bool is_of_level = order->level != LINE_UNKNOWN;
	struct lines_row row;

	if (s->has_to_begin) {
		s->has_to_begin = false;
		at = lines_begin_of(lines, order->from);
		if (order->skips_first && lines_row(lines, at, &row))
			at = row.next;
		s->sought_from = at;
		line_scan_fini(&s->scan);
		line_scan_init(&s->scan, lines, is_of_level ? &s->lane.filter : &s->found,
			       at, order->is_back);
		s->scan.level = order->level;
	}
	s->result = line_scan_next(&s->scan, &left, &s->place);
}

/* The last row, when its end was not written yet: it comes again when there is more. */
static bool unended(struct lines *lines, struct lines_row *row)
{
	return lines_is_file(lines) && lines_row_before(lines, lines_end(lines), row) &&
	       row->at + (int64_t)row->raw.n == lines_end(lines);
}

static void end_of_count(struct log_sums *s)
{
	struct lines_row row;
	struct line line;

	end_count(s);
	if (!unended(&s->lane.lines, &row))
		return;
	lines_recognise(&s->lane.lines, &row, &line);
	s->counted_to = row.at;
	s->unended_hits = line_filter_takes(&s->found, &line);
}

static bool count_by_scan(struct log_sums *s)
{
	int64_t left = LOG_STEP_BYTES, at;
	enum line_scan_result result;

	while ((result = line_scan_next(&s->count, &left, &at)) == LINE_SCAN_ROW)
		s->hits++;
	s->counted_to = s->count.at;
	return result == LINE_SCAN_END;
}

static bool count_by_search(struct log_sums *s)
{
	uint64_t before = s->search.hits;
	bool is_done;

	s->search.to = lines_end(&s->lane.lines);
	is_done = log_search_step(&s->search, LOG_STEP_BYTES);
	s->hits += s->search.hits - before;
	s->counted_to = s->search.at;
	return is_done;
}

static void sum(struct log_sums *s)
{
	struct lines *lines = &s->lane.lines;
	int64_t left = LOG_STEP_BYTES / 2, at;
	enum line_scan_result result;
	struct lines_row row, last = {.at = -1};
	struct line line;

	if (!unended(lines, &last))
		last.at = -1;
	while ((result = line_scan_next(&s->sum, &left, &at)) == LINE_SCAN_ROW) {
		if (at == last.at || !lines_row(lines, at, &row))
			continue;
		lines_recognise(lines, &row, &line);
		histogram_add(&s->histogram, &line);
		if (s->clusters)
			clusters_add(s->clusters, &line);
	}
	s->summed_to = s->sum.at;
	if (result != LINE_SCAN_END)
		return;
	end_sum(s);
	if (last.at >= 0)
		s->summed_to = last.at;
}

static void work(void *ctx)
{
	struct log_sums *s = ctx;
	struct lines *lines = &s->lane.lines;

	if (s->is_looking && lines_is_file(lines))
		s->lane.change = log_file_look(lines->file);
	switch (s->job) {
	case JOB_SEEK:
		seek(s);
		break;
	case JOB_COUNT:
		if (s->search.matcher ? count_by_search(s) : count_by_scan(s))
			end_of_count(s);
		break;
	case JOB_SUM:
		sum(s);
		break;
	}
}

/* How far it got, of all there is; what is live loses its beginning meanwhile. */
static void put_progress(struct log_sums *s, struct log_news *news, int64_t from,
			 int64_t to)
{
	int64_t done = from < to ? to - from : from - to;

	news->total = lines_end(&s->lane.lines) - lines_begin(&s->lane.lines);
	news->done = done < news->total ? done : news->total;
}

static void tell_place(struct log_sums *s)
{
	struct log_reader *r = s->lane.reader;
	bool is_over = s->result != LINE_SCAN_MORE;
	struct log_news *news;

	if (!is_over && !log_lane_may_tell(&s->lane))
		return;
	news = log_news_new(is_over ? LOG_NEWS_PLACE : LOG_NEWS_SEEKS, s->seeking->log,
			    s->seeking->id);
	news->at = s->result == LINE_SCAN_ROW ? s->place : -1;
	put_progress(s, news, s->sought_from, s->scan.at);
	if (is_over) {
		drop(&s->seeking);
		line_scan_fini(&s->scan);
	}
	log_reader_tell(r, news);
}

static void tell_hits(struct log_sums *s)
{
	struct log_reader *r = s->lane.reader;
	struct log_news *news;

	if (s->is_counting && !log_lane_may_tell(&s->lane))
		return;
	news = log_news_new(LOG_NEWS_HITS, r->log, 0);
	news->hits = s->hits;
	put_progress(s, news, lines_begin(&s->lane.lines), s->counted_to);
	news->is_done = !s->is_counting;
	log_reader_tell(r, news);
}

static void put_clusters(struct log_sums *s, struct log_news *news)
{
	size_t n = clusters_count(s->clusters);
	struct strbuf pattern, clean, filter;

	strbuf_init(&filter, 2 * PATTERN_MOST);
	strbuf_init(&pattern, PATTERN_MOST);
	strbuf_init(&clean, 3 * PATTERN_MOST);
	for (size_t i = 0; i < n && i < CLUSTERS_TOLD; i++) {
		const struct cluster *cluster = clusters_at(s->clusters, i);

		strbuf_reset(&pattern);
		strbuf_reset(&clean);
		strbuf_reset(&filter);
		cluster_put_pattern(&pattern, cluster);
		cluster_put_filter(&filter, strbuf_str(&pattern));
		sanitize_line(&clean, strbuf_str(&pattern));
		vec_push(&news->clusters,
			 (struct log_cluster){.sum = *cluster,
					      .pattern = xstrndup(clean.p, clean.n),
					      .text = xstrndup(filter.p, filter.n)});
	}
	news->clusters_left_out = clusters_left_out(s->clusters);
	strbuf_fini(&filter);
	strbuf_fini(&pattern);
	strbuf_fini(&clean);
}

static void tell_sums(struct log_sums *s)
{
	struct log_reader *r = s->lane.reader;
	struct log_news *news;

	if (s->is_summing && !log_lane_may_tell(&s->lane))
		return;
	news = log_news_new(LOG_NEWS_SUMS, r->log, 0);
	news->histogram = xmalloc(sizeof(*news->histogram));
	*news->histogram = s->histogram;
	put_progress(s, news, lines_begin(&s->lane.lines), s->summed_to);
	news->is_done = !s->is_summing;
	if (s->clusters)
		put_clusters(s, news);
	log_reader_tell(r, news);
}

static void done(void *ctx)
{
	struct log_sums *s = ctx;

	if (!log_lane_end(&s->lane))
		return;
	if (s->job == JOB_SEEK)
		tell_place(s);
	else if (s->job == JOB_COUNT && !s->has_to_count)
		tell_hits(s);
	else if (s->job == JOB_SUM && !s->has_to_sum)
		tell_sums(s);
	log_sums_go(s);
}

/* What is wanted and what is looked for, in one filter: the rarer one leads. */
static void make_found(struct log_sums *s)
{
	struct log_reader *r = s->lane.reader;
	struct err ignored;

	if (s->find == r->find_version && s->wanted == r->wanted_version)
		return;
	line_filter_fini(&s->found);
	s->found = (struct line_filter){0};
	if (r->find) {
		struct matcher *m = wanted_matcher(str_from(r->find), &ignored);

		if (m)
			line_filter_give(&s->found, m, false);
	}
	if (!wanted_compile(&r->wanted, &s->found, &ignored))
		line_filter_reset(&s->found);
	s->find = r->find_version;
	s->wanted = r->wanted_version;
}

static void begin_seek(struct log_sums *s)
{
	s->has_to_begin = true;
	if (!s->seek)
		return;
	drop(&s->seeking);
	s->seeking = s->seek;
	s->seek = NULL;
}

static void begin_count(struct log_sums *s)
{
	struct log_reader *r = s->lane.reader;
	struct lines *lines = &s->lane.lines;
	int64_t from = s->counted_to < 0 ? lines_begin(lines) : s->counted_to;

	s->is_counting = true;
	s->counted_end = r->state.end;
	s->hits -= s->unended_hits;
	s->unended_hits = 0;
	if (from < lines_begin(lines))
		from = lines_begin(lines);
	if (lines_is_file(lines) && wanted_is_all(&r->wanted) && s->found.in.n == 1)
		log_search_init(&s->search, s->found.in.p[0], lines->file, from,
				lines_end(lines));
	else
		line_scan_init(&s->count, lines, &s->found, from, false);
}

static void begin_sum(struct log_sums *s)
{
	struct log_reader *r = s->lane.reader;
	struct lines *lines = &s->lane.lines;
	int64_t from = s->summed_to < 0 ? lines_begin(lines) : s->summed_to;

	s->is_summing = true;
	s->summed_end = r->state.end;
	if (from < lines_begin(lines))
		from = lines_begin(lines);
	if (r->wants_clusters && !s->clusters)
		s->clusters = clusters_new();
	line_scan_init(&s->sum, lines, &s->lane.filter, from, false);
}

static bool next_job(struct log_sums *s)
{
	const struct log_reader *r = s->lane.reader;

	if (s->seek || s->seeking)
		s->job = JOB_SEEK;
	else if (r->find &&
		 (s->has_to_count || s->is_counting || s->counted_end < r->state.end))
		s->job = JOB_COUNT;
	else if (r->wants_sums &&
		 (s->has_to_sum || s->is_summing || s->summed_end < r->state.end))
		s->job = JOB_SUM;
	else
		return false;
	return true;
}

static void take_next_file(struct log_sums *s)
{
	if (!s->next_file)
		return;
	log_file_free(s->lane.lines.file);
	s->lane.lines.file = s->next_file;
	s->next_file = NULL;
	s->has_to_count = s->has_to_sum = true;
	if (s->seeking && !s->seek) {
		s->seek = s->seeking;
		s->seeking = NULL;
	}
}

/* Scans borrow the lane's lines and filters: what another version of these would pull
 * away begins anew. */
static void prepare(struct log_sums *s)
{
	bool is_other = s->find != s->lane.reader->find_version ||
			s->wanted != s->lane.reader->wanted_version;

	make_found(s);
	if (is_other || s->has_to_count || s->has_to_sum) {
		recount(s);
		s->has_to_count = s->has_to_sum = false;
	}
	if (s->job == JOB_SEEK && (s->seek || is_other))
		begin_seek(s);
	else if (s->job == JOB_COUNT && !s->is_counting)
		begin_count(s);
	else if (s->job == JOB_SUM && !s->is_summing)
		begin_sum(s);
}

void log_sums_go(struct log_sums *s)
{
	struct log_reader *r = s->lane.reader;
	bool goes_on;

	if (s->lane.is_busy || r->is_closing || !r->state.is_open)
		return;
	take_next_file(s);
	if (!next_job(s)) {
		log_lane_rest(&s->lane);
		return;
	}
	goes_on = s->is_counting || s->is_summing || s->seeking;
	if (!log_lane_begin(&s->lane, goes_on && !s->seek))
		return;
	s->is_looking = s->lane.has_to_look;
	s->lane.has_to_look = false;
	prepare(s);
	loop_work(r->loop, work, done, s);
}

void log_sums_fini(struct log_sums *s)
{
	drop(&s->seek);
	drop(&s->seeking);
	line_scan_fini(&s->scan);
	recount(s);
	log_file_free(s->next_file);
	line_filter_fini(&s->found);
	line_filter_fini(&s->lane.filter);
	lines_fini(&s->lane.lines);
}
