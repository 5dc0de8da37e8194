/* See runbook.h. Front matter is read forgivingly where it only describes (a text for a
 * list of one), and strictly where a reader would trust it (a date). */
#include "knowledge/runbook.h"

#include <cjson/cJSON.h>
#include <ctype.h>
#include <string.h>

#include "base/json.h"
#include "base/sanitize.h"
#include "base/timefmt.h"
#include "config/yaml.h"

enum { LIST_MOST = 64, ITEM_MOST = 200, FRONT_MOST = 16 << 10 };

static bool is_mark(struct str line)
{
	return str_eq(str_trim(line), STR("---"));
}

/* Cuts the front matter off. False: it begins and does not end. */
static bool cut_front(struct str *text, struct str *front, int *lines)
{
	struct str rest = *text, line;

	*front = (struct str){.p = NULL};
	*lines = 0;
	if (str_starts(rest, STR("\xef\xbb\xbf")))
		rest = *text = str_sub(rest, 3, rest.n);
	if (!str_next(&rest, '\n', &line) || !is_mark(line))
		return true;
	front->p = rest.p;
	*lines = 1;
	while (rest.p && str_next(&rest, '\n', &line)) {
		++*lines;
		if (is_mark(line)) {
			front->n = (size_t)(line.p - front->p);
			*text = rest.p ? rest : (struct str){.p = ""};
			return true;
		}
	}
	return false;
}

static struct str clean(struct runbook *book, const char *text)
{
	struct str raw = str_sub(str_from(text), 0, ITEM_MOST);

	return str_trim(sanitize_to_arena(&book->page.arena, raw));
}

static bool read_list(struct runbook *book, const cJSON *front, const char *key,
		      struct text_list *out, struct err *err)
{
	const cJSON *item = json_member(front, key), *at;
	int n = cJSON_IsArray(item) ? cJSON_GetArraySize(item) : item != NULL;

	if (n > LIST_MOST)
		return err_set(err, ERR_PARSE, "front matter: %s has more than %d items",
			       key, LIST_MOST);
	out->p = arena_calloc(&book->page.arena, (size_t)n + 1, sizeof(*out->p));
	if (cJSON_IsString(item))
		out->p[out->n++] = clean(book, item->valuestring);
	else if (item && !cJSON_IsArray(item) && !cJSON_IsNull(item))
		return err_set(err, ERR_PARSE, "front matter: %s must be a list of texts",
			       key);
	if (!cJSON_IsArray(item))
		return true;
	cJSON_ArrayForEach (at, item) {
		if (!cJSON_IsString(at))
			return err_set(err, ERR_PARSE,
				       "front matter: %s must be a list of texts", key);
		out->p[out->n++] = clean(book, at->valuestring);
	}
	return true;
}

static bool read_front(struct runbook *book, const cJSON *front, struct err *err)
{
	const char *title = json_text(front, "title"), *owner = json_text(front, "owner");
	const char *updated = json_text(front, "updated");

	if (title)
		book->title = clean(book, title);
	if (owner)
		book->owner = clean(book, owner);
	if (updated && !time_parse(str_from(updated), &book->updated_ms))
		return err_set(err, ERR_PARSE,
			       "front matter: updated must be a day such as 2026-03-11");
	return read_list(book, front, "tags", &book->tags, err) &&
	       read_list(book, front, "codes", &book->codes, err) &&
	       read_list(book, front, "supersedes", &book->supersedes, err);
}

static bool has_item(const struct text_list *list, struct str item)
{
	for (size_t i = 0; i < list->n; i++) {
		if (str_eq(list->p[i], item))
			return true;
	}
	return false;
}

/* "`:NAME`", as one types it in the deck. */
static void find_boards(struct runbook *book, struct str text)
{
	ptrdiff_t at;

	while (book->boards.n < LIST_MOST && (at = str_find(text, STR("`:"))) >= 0) {
		struct str name = str_sub(text, (size_t)at + 2, text.n);
		size_t n = 0;

		while (n < name.n &&
		       (isalnum((unsigned char)name.p[n]) || name.p[n] == '-'))
			n++;
		text = str_sub(name, n, name.n);
		name.n = n;
		if (n && text.n && text.p[0] == '`' && !has_item(&book->boards, name))
			book->boards.p[book->boards.n++] = name;
	}
}

static void finish(struct runbook *book)
{
	const struct md_section *at;

	book->boards.p = arena_calloc(&book->page.arena, LIST_MOST, sizeof(struct str));
	vec_each (at, &book->page.sections)
		find_boards(book, at->text);
	vec_each (at, &book->page.sections) {
		if (!book->title.n)
			book->title = at->heading;
	}
	if (!book->title.n)
		book->title = book->name;
}

bool runbook_parse(struct str name, struct str text, struct runbook *out, struct err *err)
{
	struct str front;
	cJSON *tree = NULL;
	int lines;
	bool ok;

	*out = (struct runbook){.updated_ms = 0};
	err_clear(err);
	if (!cut_front(&text, &front, &lines))
		return err_set(err, ERR_PARSE, "line 1: the front matter does not end");
	if (front.n > FRONT_MOST)
		return err_set(err, ERR_TOO_LARGE, "the front matter is too large");
	tree = str_trim(front).n ? yaml_parse(front, err) : NULL;
	if (err->code != ERR_NONE)
		return err_wrap(err, "front matter");
	if (!markdown_split(text, lines + 1, &out->page, err)) {
		cJSON_Delete(tree);
		return false;
	}
	out->name = sanitize_to_arena(&out->page.arena, name);
	ok = out->page.sections.n > 0 ||
	     err_set(err, ERR_PARSE, "there is nothing in it");
	ok = ok && (!tree || read_front(out, tree, err));
	cJSON_Delete(tree);
	if (ok)
		finish(out);
	else
		runbook_fini(out);
	return ok;
}

void runbook_fini(struct runbook *book)
{
	markdown_fini(&book->page);
}
