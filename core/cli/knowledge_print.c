/* See knowledge_print.h. A hit is named as chat answers cite it: RUNBOOK#SECTION. */
#include "cli/knowledge_print.h"

#include "base/json.h"
#include "base/timefmt.h"

enum { LINE_CELLS = 92, OLD_DAYS = 365 };

static const char *const shapes[] = {
	[QUESTION_EMPTY] = "empty",
	[QUESTION_CODES] = "codes",
	[QUESTION_PROSE] = "prose",
	[QUESTION_MIXED] = "mixed",
};

static void put_day(struct strbuf *out, int64_t ms)
{
	struct utc utc = utc_from_ms(ms);

	strbuf_printf(out, "%04d-%02d-%02d", utc.year, utc.month, utc.day);
}

/* What a reader should know before believing it. */
static void put_doubts(struct strbuf *out, const struct knowledge_file *file,
		       int64_t now_ms)
{
	const struct runbook *book = file->book;

	if (file->superseded_by)
		strbuf_printf(out, "  superseded by %s", file->superseded_by);
	if (book->updated_ms && now_ms - book->updated_ms > OLD_DAYS * DAY_MS) {
		strbuf_puts(out, "  not looked at since ");
		put_day(out, book->updated_ms);
	}
}

static void put_line(struct strbuf *out, struct str line)
{
	size_t n = line.n;

	/* Where a character begins. */
	if (n > LINE_CELLS) {
		n = LINE_CELLS;
		while (n && ((unsigned char)line.p[n] & 0xc0) == 0x80)
			n--;
	}
	strbuf_puts(out, "    ");
	strbuf_put(out, str_sub(line, 0, n));
	strbuf_puts(out, n < line.n ? " ...\n" : "\n");
}

void knowledge_print_answer(struct strbuf *out, const struct knowledge_answer *answer,
			    int64_t now_ms)
{
	for (size_t i = 0; i < answer->n; i++) {
		const struct knowledge_hit *hit = &answer->hits[i];
		const struct runbook *book = hit->file->book;

		strbuf_printf(out, "%.*s#%.*s  %.*s", STR_ARG(book->name),
			      STR_ARG(hit->section->anchor), STR_ARG(book->title));
		if (hit->section->level > 1)
			strbuf_printf(out, " > %.*s", STR_ARG(hit->section->heading));
		put_doubts(out, hit->file, now_ms);
		strbuf_putc(out, '\n');
		put_line(out, hit->line);
	}
}

static void put_member(struct strbuf *out, const char *name, struct str text)
{
	strbuf_printf(out, ",\"%s\":", name);
	json_print_text(out, text);
}

static void put_member_or_null(struct strbuf *out, const char *name, const char *text)
{
	if (text)
		put_member(out, name, str_from(text));
	else
		strbuf_printf(out, ",\"%s\":null", name);
}

static void put_updated(struct strbuf *out, const struct runbook *book)
{
	strbuf_puts(out, ",\"updated\":");
	if (!book->updated_ms) {
		strbuf_puts(out, "null");
		return;
	}
	strbuf_putc(out, '"');
	put_day(out, book->updated_ms);
	strbuf_putc(out, '"');
}

static void put_hit(struct strbuf *out, const struct knowledge_hit *hit)
{
	const struct runbook *book = hit->file->book;
	struct strbuf id;

	strbuf_init(&id, 1000);
	strbuf_printf(&id, "%.*s#%.*s", STR_ARG(book->name),
		      STR_ARG(hit->section->anchor));
	strbuf_puts(out, "{\"id\":");
	json_print_text(out, strbuf_str(&id));
	put_member(out, "title", book->title);
	put_member(out, "section", hit->section->path);
	put_member(out, "path", str_from(hit->file->path));
	strbuf_printf(out, ",\"line\":%d,\"last_line\":%d,\"score\":%.3f,\"cover\":%.3f",
		      hit->section->line, hit->section->last_line, hit->score,
		      hit->cover);
	put_member_or_null(out, "superseded_by", hit->file->superseded_by);
	put_updated(out, book);
	put_member(out, "fits", hit->line);
	put_member(out, "text", hit->section->text);
	strbuf_putc(out, '}');
	strbuf_fini(&id);
}

void knowledge_print_answer_json(struct strbuf *out,
				 const struct knowledge_answer *answer,
				 struct str question)
{
	strbuf_puts(out, "{\"schema\":\"azdeck.knowledge/1\"");
	put_member(out, "question", question);
	strbuf_printf(out, ",\"shape\":\"%s\",\"covered\":%s,\"hits\":[",
		      shapes[answer->shape], answer->is_covered ? "true" : "false");
	for (size_t i = 0; i < answer->n; i++) {
		if (i)
			strbuf_putc(out, ',');
		put_hit(out, &answer->hits[i]);
	}
	strbuf_puts(out, "]}\n");
}

static const char *state_of(const struct knowledge_file *file)
{
	return file->is_hidden	     ? "replaced"
	       : !file->book	     ? "unread"
	       : file->superseded_by ? "superseded"
				     : "ok";
}

static size_t count_in(const struct knowledge *k, struct str dir)
{
	size_t n = 0;

	for (size_t i = 0; i < knowledge_files(k); i++) {
		struct str path = str_from(knowledge_file_at(k, i)->path);

		n += str_starts(path, dir) && path.n > dir.n && path.p[dir.n] == '/' &&
		     str_find_char(str_sub(path, dir.n + 1, path.n), '/') < 0;
	}
	return n;
}

static void put_dirs(struct strbuf *out, const struct knowledge *k,
		     const char *const *dirs, size_t n_dirs)
{
	strbuf_printf(out, "%-9s %5zu files  runbooks that ship with azdeck\n", "ok",
		      count_in(k, STR("runbooks")));
	for (size_t i = 0; i < n_dirs; i++) {
		const struct err *err = knowledge_dir_error(k, i);

		strbuf_printf(out, "%-9s %5zu files  %s\n",
			      !err			   ? "ok"
			      : err->code == ERR_NOT_FOUND ? "absent"
							   : "failing",
			      count_in(k, str_from(dirs[i])), err ? err->text : dirs[i]);
	}
}

static void put_vectors(struct strbuf *out, const struct knowledge_status *s,
			int64_t now_ms)
{
	const struct knowledge_vector_state *v = &s->vectors;
	size_t all = knowledge_sections(s->k);
	bool is_failing = v->err.code != ERR_NONE || v->status.error[0];

	if (!v->model[0]) {
		strbuf_puts(out, "-                      no model makes vectors of them: "
				 "words alone are looked for\n");
		return;
	}
	strbuf_printf(out, "%-9s %5zu of %zu sections have a vector of %s",
		      is_failing	  ? "failing"
		      : v->sections < all ? "partial"
					  : "ok",
		      v->sections, all, v->model);
	if (v->status.newest_ms) {
		strbuf_puts(out, ", the newest ");
		duration_format(out, now_ms - v->status.newest_ms);
		strbuf_puts(out, " old");
	}
	if (is_failing)
		strbuf_printf(out, ": %s",
			      v->err.code != ERR_NONE ? v->err.text : v->status.error);
	strbuf_putc(out, '\n');
}

void knowledge_print_status(struct strbuf *out, const struct knowledge_status *status,
			    int64_t now_ms)
{
	const struct knowledge *k = status->k;

	put_dirs(out, k, status->dirs, status->n_dirs);
	put_vectors(out, status, now_ms);
	strbuf_printf(out, "%zu sections\n\n%-10s %8s %10s  %s\n", knowledge_sections(k),
		      "STATE", "SECTIONS", "UPDATED", "RUNBOOK");
	for (size_t i = 0; i < knowledge_files(k); i++) {
		const struct knowledge_file *file = knowledge_file_at(k, i);

		strbuf_printf(out, "%-10s %8zu ", state_of(file),
			      file->book ? file->book->page.sections.n : 0);
		if (file->book && file->book->updated_ms)
			put_day(out, file->book->updated_ms);
		else
			strbuf_printf(out, "%10s", "-");
		strbuf_printf(out, "  %s", file->path);
		if (file->book)
			put_doubts(out, file, now_ms);
		if (file->err.code != ERR_NONE)
			strbuf_printf(out, ": %s", file->err.text);
		strbuf_putc(out, '\n');
	}
}

static void put_file_json(struct strbuf *out, const struct knowledge_file *file)
{
	const struct runbook *book = file->book;

	strbuf_printf(out, "{\"state\":\"%s\"", state_of(file));
	put_member(out, "path", str_from(file->path));
	strbuf_printf(out, ",\"shipped\":%s", file->is_shipped ? "true" : "false");
	put_member_or_null(out, "superseded_by", file->superseded_by);
	put_member_or_null(out, "error",
			   file->err.code != ERR_NONE ? file->err.text : NULL);
	if (book) {
		put_member(out, "title", book->title);
		put_member(out, "owner", book->owner);
		put_updated(out, book);
		strbuf_printf(out, ",\"sections\":%zu", book->page.sections.n);
	}
	strbuf_putc(out, '}');
}

static void put_time_or_null(struct strbuf *out, const char *name, int64_t ms)
{
	strbuf_printf(out, ",\"%s\":%s", name, ms ? "\"" : "null");
	if (!ms)
		return;
	time_format_iso(out, ms, false);
	strbuf_putc(out, '"');
}

static void put_vectors_json(struct strbuf *out, const struct knowledge_vector_state *v)
{
	if (!v->model[0]) {
		strbuf_puts(out, ",\"vectors\":null");
		return;
	}
	strbuf_printf(out, ",\"vectors\":{\"sections\":%zu", v->sections);
	put_member(out, "model", str_from(v->model));
	put_time_or_null(out, "newest", v->status.newest_ms);
	put_time_or_null(out, "tried", v->status.tried_ms);
	put_member_or_null(out, "error",
			   v->err.code != ERR_NONE ? v->err.text
			   : v->status.error[0]	   ? v->status.error
						   : NULL);
	strbuf_putc(out, '}');
}

void knowledge_print_status_json(struct strbuf *out,
				 const struct knowledge_status *status)
{
	const struct knowledge *k = status->k;
	const char *const *dirs = status->dirs;
	size_t n_dirs = status->n_dirs;

	strbuf_printf(out,
		      "{\"schema\":\"azdeck.knowledge-status/1\",\"sections\":%zu,"
		      "\"directories\":[",
		      knowledge_sections(k));
	for (size_t i = 0; i < n_dirs; i++) {
		const struct err *err = knowledge_dir_error(k, i);

		strbuf_printf(out, "%s{\"files\":%zu", i ? "," : "",
			      count_in(k, str_from(dirs[i])));
		put_member(out, "path", str_from(dirs[i]));
		put_member_or_null(out, "error", err ? err->text : NULL);
		strbuf_putc(out, '}');
	}
	strbuf_putc(out, ']');
	put_vectors_json(out, &status->vectors);
	strbuf_puts(out, ",\"runbooks\":[");
	for (size_t i = 0; i < knowledge_files(k); i++) {
		if (i)
			strbuf_putc(out, ',');
		put_file_json(out, knowledge_file_at(k, i));
	}
	strbuf_puts(out, "]}\n");
}
