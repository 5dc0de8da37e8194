/* The tool over runbooks: the sections that fit a question, each with how it is cited. */
#include <stdio.h>

#include "ai/tools_part.h"
#include "base/json.h"
#include "base/timefmt.h"
#include "base/utf8.h"
#include "board/def.h"

enum { SECTION_MOST = 1500, SECTIONS = 3 };

static void put_hit(struct tool_call *call, const struct knowledge_hit *hit)
{
	const struct runbook *book = hit->file->book;
	struct strbuf *out = &call->body;
	size_t mark = out->n;
	int used;
	struct str text = utf8_prefix(hit->section->text, SECTION_MOST, &used);

	strbuf_printf(out, "\ncite R:%.*s#%.*s of \"%.*s\"", STR_ARG(book->name),
		      STR_ARG(hit->section->heading), STR_ARG(book->title));
	if (book->updated_ms) {
		strbuf_puts(out, ", updated ");
		duration_format(out, call->e->now_ms - book->updated_ms);
		strbuf_puts(out, " ago");
	}
	if (hit->file->superseded_by)
		strbuf_printf(out, ", SUPERSEDED by %s", hit->file->superseded_by);
	strbuf_printf(out, "\n%.*s%s\n", STR_ARG(text),
		      text.n < hit->section->text.n ? " ..." : "");
	if (out->overflow) {
		strbuf_cut(out, mark);
		out->overflow = false;
	}
}

/* Boards with something critical on them: their runbooks come first among equals. */
static size_t find_live(const struct evidence *e, struct str live[EVIDENCE_MOST])
{
	size_t n = 0;

	for (size_t i = 0; i < e->n; i++) {
		if (e->boards[i]->worst == SEV_CRIT)
			live[n++] = str_from(e->boards[i]->def->name);
	}
	return n;
}

/* Its vector, where there are any. */
bool tool_runbooks_need(const cJSON *args, const struct evidence *e,
			struct tool_need *need, struct err *err)
{
	const char *question = json_text(args, "question");

	(void)e;
	(void)err;
	snprintf(need->question, sizeof(need->question), "%s", question ? question : "");
	return true;
}

void tool_runbooks(struct tool_call *call)
{
	struct str live[EVIDENCE_MOST];
	struct knowledge_query query = {
		.text = str_from(json_text(call->args, "question")),
		.most = tool_count(call->args, "sections", SECTIONS),
		.live = live,
		.n_live = find_live(call->e, live)};
	struct knowledge_answer answer;
	struct err err;

	if (!call->e->knowledge) {
		strbuf_puts(&call->head, "There are no runbooks here.\n");
		return;
	}
	if (!knowledge_search(call->e->knowledge, &query, &answer, &err)) {
		strbuf_printf(&call->head, "Runbooks cannot be searched: %s\n", err.text);
		return;
	}
	if (!answer.is_covered)
		strbuf_puts(&call->head, "No runbook is about this; say so. The nearest "
					 "are below.\n");
	else
		strbuf_puts(&call->head,
			    "Cite a section in brackets, [R:BOOK#HEADING].\n");
	for (size_t i = 0; i < answer.n; i++)
		put_hit(call, &answer.hits[i]);
}
