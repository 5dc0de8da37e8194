/* What a runbook says of itself. It stands on no board, so it has no version. */
#include <stdio.h>
#include <string.h>

#include "answer/field_made.h"

static const struct column text_column = {.name = "text",
					  .title = "",
					  .type = CELL_TEXT,
					  .decimals = -1};
static const struct column day_column = {.name = "day",
					 .title = "",
					 .type = CELL_TIME,
					 .decimals = -1};

static const struct knowledge_file *find(const struct evidence *e, struct str name)
{
	for (size_t i = 0; e->knowledge && i < knowledge_files(e->knowledge); i++) {
		const struct knowledge_file *file = knowledge_file_at(e->knowledge, i);

		if (file->book && !file->is_hidden &&
		    str_eq_nocase(file->book->name, name))
			return file;
	}
	return NULL;
}

static void add(struct strbuf *out, struct str word)
{
	if (out->n + word.n + 2 > out->max || !word.n)
		return;
	strbuf_puts(out, out->n ? ", " : "");
	strbuf_put(out, word);
}

static void put_sections(struct strbuf *out, const struct runbook *book)
{
	const struct md_section *section;

	vec_each (section, &book->page.sections) {
		add(out, section->heading);
	}
}

static void put_text(struct strbuf *out, const struct knowledge_file *file,
		     const char *what)
{
	const struct runbook *book = file->book;
	const struct text_list *list = strcmp(what, "tags") == 0 ? &book->tags
				       : strcmp(what, "supersedes") == 0
					       ? &book->supersedes
					       : NULL;

	if (strcmp(what, "title") == 0)
		add(out, book->title);
	else if (strcmp(what, "owner") == 0)
		add(out, book->owner);
	else if (strcmp(what, "superseded_by") == 0)
		add(out, str_from(file->superseded_by));
	else if (strcmp(what, "sections") == 0)
		put_sections(out, book);
	for (size_t i = 0; list && i < list->n; i++)
		add(out, list->p[i]);
}

void field_make_runbook(const struct evidence *e, const char *what, struct field *out)
{
	const struct knowledge_file *file = find(e, str_from(out->key));
	bool is_day = strcmp(what, "updated") == 0;
	struct strbuf text;

	if (!file) {
		out->state = FIELD_NO_ROW;
		return;
	}
	strbuf_init(&text, sizeof(out->text) - 1);
	put_text(&text, file, what);
	snprintf(out->text, sizeof(out->text), "%s", text.p);
	strbuf_fini(&text);
	out->made.text = out->text;
	out->made.number = (double)file->book->updated_ms;
	out->made.is_null = is_day ? file->book->updated_ms == 0 : !out->text[0];
	out->column = is_day ? &day_column : &text_column;
	out->cell = &out->made;
	out->as_of_ms = file->book->updated_ms;
	out->state = out->made.is_null ? FIELD_UNKNOWN : FIELD_KNOWN;
}
