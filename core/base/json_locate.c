/* Finds where a key path stands in JSON text, for errors about content that is
 * valid JSON but wrong: part of json.h. It walks text that has already been
 * parsed once, so it is lenient and only has to be right on valid input. */
#include "base/json.h"

#include <string.h>

#include "base/json_scan.h"

struct walk {
	struct str text;
	size_t at;
};

static char peek(const struct walk *w)
{
	return w->at < w->text.n ? w->text.p[w->at] : '\0';
}

/* Blanks, comments, commas and colons. */
static void skip_space(struct walk *w)
{
	for (;;) {
		struct str rest = str_sub(w->text, w->at, w->text.n);
		char c = peek(w);
		ptrdiff_t end;

		if (c != '\0' && strchr(" \t\r\n,:", c)) {
			w->at++;
		} else if (str_starts(rest, STR("//"))) {
			end = str_find_char(rest, '\n');
			w->at = end < 0 ? w->text.n : w->at + (size_t)end;
		} else if (str_starts(rest, STR("/*"))) {
			end = str_find(rest, STR("*/"));
			w->at = end < 0 ? w->text.n : w->at + (size_t)end + 2;
		} else {
			return;
		}
	}
}

/* The raw text between the quotes: names in our files have no escapes. */
static struct str take_string(struct walk *w)
{
	size_t from = w->at + 1, i = from;

	while (i < w->text.n && w->text.p[i] != '"')
		i += w->text.p[i] == '\\' ? 2 : 1;
	w->at = i < w->text.n ? i + 1 : w->text.n;
	return str_sub(w->text, from, i - from);
}

static void skip_value(struct walk *w)
{
	int depth = 0;

	do {
		char c;

		skip_space(w);
		c = peek(w);
		if (c == '\0')
			return;
		if (c == '"') {
			take_string(w);
			continue;
		}
		depth += (c == '{' || c == '[') - (c == '}' || c == ']');
		w->at++;
		if (c != '{' && c != '[' && c != '}' && c != ']') {
			while (peek(w) && !strchr(" \t\r\n,:]}/\"", peek(w)))
				w->at++;
		}
	} while (depth > 0);
}

static bool enter_member(struct walk *w, struct str name)
{
	if (peek(w) != '{')
		return false;
	w->at++;
	for (;;) {
		struct str key;

		skip_space(w);
		if (peek(w) != '"')
			return false;
		key = take_string(w);
		skip_space(w);
		if (str_eq(key, name))
			return true;
		skip_value(w);
	}
}

/* Of a list, or of an object: its members have numbers too. */
static bool enter_item(struct walk *w, size_t index)
{
	bool is_object = peek(w) == '{';

	if (!is_object && peek(w) != '[')
		return false;
	w->at++;
	for (skip_space(w); peek(w) && peek(w) != ']' && peek(w) != '}'; skip_space(w)) {
		if (is_object) {
			take_string(w);
			skip_space(w);
		}
		if (index-- == 0)
			return true;
		skip_value(w);
	}
	return false;
}

/* Cuts "name", ".name" or "[3]" off the front of the path. */
static bool enter_step(struct walk *w, struct str *path)
{
	size_t n = 0;
	int64_t index;

	if (path->p[0] == '[') {
		ptrdiff_t end = str_find_char(*path, ']');

		if (end < 0 || !str_to_i64(str_sub(*path, 1, (size_t)end - 1), &index) ||
		    index < 0)
			return false;
		*path = str_sub(*path, (size_t)end + 1, path->n);
		return enter_item(w, (size_t)index);
	}
	if (path->p[0] == '.')
		*path = str_sub(*path, 1, path->n);
	while (n < path->n && path->p[n] != '.' && path->p[n] != '[')
		n++;
	if (!enter_member(w, str_sub(*path, 0, n)))
		return false;
	*path = str_sub(*path, n, path->n);
	return true;
}

struct json_place json_locate(struct str text, const char *path)
{
	struct str rest = str_from(path);
	struct json_place place;
	struct walk w;

	if (str_starts(text, STR("\xef\xbb\xbf")))
		text = str_sub(text, 3, text.n);
	w = (struct walk){.text = text};
	skip_space(&w);
	place = json_place_at(text, w.at);
	while (rest.n && enter_step(&w, &rest)) {
		skip_space(&w);
		place = json_place_at(text, w.at);
	}
	return place;
}
