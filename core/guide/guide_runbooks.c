/* Runbooks: how something is done, and whether one still fits. A runbook is a text from
 * outside: its steps are quoted, without anything in them that could be a reference. See
 * family.h. */
#include <ctype.h>
#include <string.h>

#include "answer/field.h"
#include "base/count.h"
#include "base/timefmt.h"
#include "board/def.h"
#include "guide/family.h"

enum { STEPS_MOST = 7, STEP_BYTES = 300, TOPIC_BYTES = 4000 };

static void cite(struct wording *d, const struct knowledge_file *file,
		 const struct md_section *section)
{
	strbuf_printf(&d->text, " [R:%.*s#%.*s]", STR_ARG(file->book->name),
		      STR_ARG(section->heading));
}

/* Without marks: a link is its words, and brackets are none. */
static void put_plain(struct wording *d, struct str line)
{
	bool in_target = false;

	for (size_t i = 0; i < line.n && i < STEP_BYTES; i++) {
		char c = line.p[i];

		if (c == '(' && i > 0 && line.p[i - 1] == ']')
			in_target = true;
		else if (in_target && c == ')')
			in_target = false;
		else if (!in_target && !strchr("[]", c))
			strbuf_putc(&d->text, c);
	}
	strbuf_putc(&d->text, '\n');
}

static bool is_step(struct str line)
{
	size_t digits = 0;

	line = str_trim(line);
	while (digits < line.n && isdigit((unsigned char)line.p[digits]))
		digits++;
	return (digits && digits < line.n && line.p[digits] == '.') ||
	       str_starts(line, STR("- "));
}

static size_t put_steps(struct wording *d, const struct md_section *section)
{
	struct str rest = section->text, line;
	size_t n = 0;

	while (n < STEPS_MOST && str_next(&rest, '\n', &line))
		if (is_step(line)) {
			put_plain(d, str_trim(line));
			n++;
		}
	return n;
}

/* The section that says what to do; else the one that was found. */
static const struct md_section *steps_of(const struct runbook *book,
					 const struct md_section *found)
{
	for (size_t i = 0; i < book->page.sections.n; i++)
		if (str_eq_nocase(book->page.sections.p[i].heading, STR("Steps")))
			return &book->page.sections.p[i];
	return found;
}

static void tell_superseded(struct wording *d, const struct knowledge_file *file)
{
	if (!file->superseded_by)
		return;
	wording_admit(d, SAYS_SUPERSEDED, "It is superseded by ");
	strbuf_printf(&d->text, "`%s`: follow that one.\n", file->superseded_by);
}

static bool search(struct wording *d, struct str text, struct knowledge_answer *found)
{
	struct knowledge_query query = {.text = text, .most = 5};
	struct err err = {0};

	if (d->e->knowledge && knowledge_search(d->e->knowledge, &query, found, &err))
		return true;
	d->out->type = ANSWER_UNKNOWN;
	wording_admit(d, SAYS_NO_RUNBOOK, "There is no runbook that could be read.\n");
	return false;
}

/* Names of what a procedure is done to, a workload or a database: no runbook has them. */
static bool is_name_of(const struct wording *d, struct str word)
{
	const struct config *config = d->e->config;

	for (size_t i = 0; i < d->plan->n_subjects; i++)
		if (d->plan->is_certain[i] &&
		    str_eq_nocase(word, str_from(d->plan->subjects[i])))
			return true;
	for (size_t i = 0; i < config->n_workloads; i++)
		if (str_eq_nocase(word, str_from(config->workloads[i].name)))
			return true;
	return false;
}

/* The question without names, and without words about runbooks themselves: a book about DNS
 * does not say that it is one, nor that it is valid. */
static void put_topic(const struct wording *d, struct strbuf *out)
{
	static const char *const about[] = {"runbook",	  "runbooks", "playbook",
					    "sop",	  "docs",     "guide",
					    "still",	  "valid",    "right",
					    "outdated",	  "current",  "match",
					    "up",	  "date",     "idea",
					    "correct",	  "trust",    "fit",
					    "superseded", "good",     "documented"};
	struct str rest = d->question, word;

	while (rest.n) {
		size_t n = 0;

		while (n < rest.n && !strchr(" \t\n?!,;:()\"`", rest.p[n]))
			n++;
		word = str_sub(rest, 0, n);
		rest = str_sub(rest, n + 1, rest.n);
		if (!n || is_name_of(d, word) || str_is_among(word, about, COUNT(about)))
			continue;
		strbuf_printf(out, "%s%.*s", out->n ? " " : "", STR_ARG(word));
	}
}

/* As it is asked; where no runbook is about that, what is left of it without names. */
static bool search_topic(struct wording *d, struct str text,
			 struct knowledge_answer *found)
{
	struct strbuf topic;
	bool is_read = search(d, text, found);

	if (!is_read || found->is_covered)
		return is_read;
	strbuf_init(&topic, TOPIC_BYTES);
	put_topic(d, &topic);
	if (topic.n && !str_eq(strbuf_str(&topic), text))
		is_read = search(d, strbuf_str(&topic), found);
	strbuf_fini(&topic);
	return is_read;
}

static void tell_no_runbook(struct wording *d, const struct knowledge_answer *found)
{
	d->out->type = ANSWER_UNKNOWN;
	wording_admit(d, SAYS_NO_RUNBOOK, "There is no runbook about that");
	if (found->n) {
		wording_put(d, "; the nearest is");
		cite(d, found->hits[0].file, found->hits[0].section);
	}
	wording_put(
		d,
		". It would come from the folders of runbooks in the configuration.\n");
	answer_unknown(d->out, "runbook");
}

/* Other books that were found, for the first need not be the one. */
static void tell_others(struct wording *d, const struct knowledge_answer *found)
{
	size_t n = 0;

	for (size_t i = 1; i < found->n; i++) {
		bool is_told = false;

		for (size_t k = 0; k < i && !is_told; k++)
			is_told = found->hits[k].file == found->hits[i].file;
		if (is_told)
			continue;
		wording_put(d, n++ ? "," : "Others that may fit:");
		cite(d, found->hits[i].file, found->hits[i].section);
	}
	if (n)
		wording_put(d, ".\n");
}

static void answer_how(struct wording *d)
{
	const struct md_section *steps;
	const struct knowledge_hit *hit;
	struct knowledge_answer found;

	if (!search_topic(d, d->question, &found))
		return;
	if (!found.is_covered || !found.n) {
		tell_no_runbook(d, &found);
		return;
	}
	hit = &found.hits[0];
	steps = steps_of(hit->file->book, hit->section);
	wording_put(d, "By the runbook");
	cite(d, hit->file, hit->section);
	wording_put(d, ":\n\n");
	if (put_steps(d, steps) && steps != hit->section) {
		wording_put(d, "\nThese are its steps");
		cite(d, hit->file, steps);
		wording_put(d, ".\n");
	}
	tell_superseded(d, hit->file);
	tell_others(d, &found);
	d->known++;
}

/* The one whose name is in the question, else the one that is found. */
static const struct knowledge_file *wanted(struct wording *d,
					   const struct knowledge_answer *found)
{
	const struct knowledge_file *best = NULL;

	for (size_t i = 0; i < knowledge_files(d->e->knowledge); i++) {
		const struct knowledge_file *file = knowledge_file_at(d->e->knowledge, i);

		if (file->book && str_find_nocase(d->question, file->book->name) >= 0 &&
		    (!best || file->book->name.n > best->book->name.n))
			best = file;
	}
	return best || !found->is_covered || !found->n ? best : found->hits[0].file;
}

static void tell_boards(struct wording *d, const struct runbook *book)
{
	size_t missing = 0;

	for (size_t i = 0; i < book->boards.n; i++) {
		struct str board = book->boards.p[i];

		if (!d->e->library || library_find(d->e->library, board))
			continue;
		strbuf_printf(&d->text,
			      "It names the board `:%.*s`, and there is no such.\n",
			      STR_ARG(board));
		missing++;
	}
	if (!missing && book->boards.n)
		wording_put(d, "The boards that it names are all there.\n");
}

static void answer_fits(struct wording *d)
{
	const struct knowledge_file *file;
	const struct runbook *book;
	struct knowledge_answer found;

	/* Words about the book itself are in none. */
	if (!search_topic(d,
			  d->plan->n_subjects ? str_from(d->plan->subjects[0])
					      : d->question,
			  &found))
		return;
	file = wanted(d, &found);
	if (!file) {
		tell_no_runbook(d, &found);
		return;
	}
	book = file->book;
	strbuf_printf(&d->text, "The runbook `%.*s`", STR_ARG(book->name));
	cite(d, file, &book->page.sections.p[0]);
	if (book->updated_ms) {
		wording_put(d, " was last updated on ");
		time_format_iso(&d->text, book->updated_ms, false);
		strbuf_cut(&d->text, d->text.n - (sizeof("T00:00:00Z") - 1));
	} else {
		wording_put(d, " does not say when it was updated");
	}
	wording_put(d, file->superseded_by ? ".\n" : ", and nothing stands in for it.\n");
	tell_superseded(d, file);
	tell_boards(d, book);
	wording_put(d, "Whether its steps still fit, only who has done them knows.\n");
	d->known++;
}

const struct family_row family_runbooks[] = {
	{.kind = GUIDE_RUNBOOK_HOW,
	 .type = ANSWER_HOWTO,
	 .answer = answer_how,
	 .follow_ups = {"Is that runbook still right?"}},
	{.kind = GUIDE_RUNBOOK_FITS, .type = ANSWER_FACT, .answer = answer_fits},
	{.kind = GUIDE_UNCLEAR},
};
