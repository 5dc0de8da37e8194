/* JSON text straight to values, for documents that are only queried: no tree in
 * between, rows share their names, and a text without escapes stays where it is.
 * The grammar is that of RFC 8259, to the letter. */
#include <stdio.h>
#include <string.h>

#include "base/count.h"
#include "base/json.h"
#include "base/json_scan.h"
#include "query/read.h"

/* Bytes in memory. Rows of a service take about as much as their text. */
enum { LARGEST_DOCUMENT = 1 << 30 };

static bool read_value(struct reader *r, struct name *named, struct query_value *out);

bool reader_fail(struct reader *r, const char *at, const char *what)
{
	r->error = at < r->end ? what : "the text ends too early";
	r->p = at;
	return false;
}

static void skip_blanks(struct reader *r)
{
	while (r->p < r->end &&
	       (*r->p == ' ' || *r->p == '\n' || *r->p == '\r' || *r->p == '\t'))
		r->p++;
}

static bool skip_to(struct reader *r, char c, const char *what)
{
	skip_blanks(r);
	if (r->p < r->end && *r->p == c) {
		r->p++;
		return true;
	}
	return reader_fail(r, r->p, what);
}

/* A hostile document has a value every two bytes. */
static bool has_room(struct reader *r)
{
	size_t used =
		r->arena->bytes - r->arena_start + r->values.cap * sizeof(*r->values.p);

	return used <= LARGEST_DOCUMENT ||
	       reader_fail(r, r->p, "the document has too many values");
}

static bool enter(struct reader *r)
{
	if (++r->depth > r->max_depth)
		return reader_fail(r, r->p, "nested too deep");
	r->p++;
	skip_blanks(r);
	return true;
}

/* After an item: true with *is_last, or at the next one. */
static bool step(struct reader *r, char close, const char *what, bool *is_last)
{
	skip_blanks(r);
	*is_last = r->p < r->end && *r->p == close;
	if (!*is_last && !(r->p < r->end && *r->p == ','))
		return reader_fail(r, r->p, what);
	r->p++;
	skip_blanks(r);
	return true;
}

static bool read_array(struct reader *r, struct name *named, struct query_value *out)
{
	size_t mark = r->values.n, count;
	struct query_array *array;
	struct query_value item;
	bool is_last = false;

	if (!enter(r))
		return false;
	if (r->p < r->end && *r->p == ']') {
		r->p++;
		is_last = true;
	}
	while (!is_last) {
		if (!read_value(r, named, &item) || !has_room(r))
			return false;
		vec_push(&r->values, item);
		if (!step(r, ']', "expected ',' or ']'", &is_last))
			return false;
	}
	count = r->values.n - mark;
	array = arena_alloc(r->arena, sizeof(*array) + count * sizeof(item));
	*array = (struct query_array){.n = count, .items = (void *)(array + 1)};
	if (count)
		memcpy(array + 1, r->values.p + mark, count * sizeof(item));
	r->values.n = mark;
	r->depth--;
	*out = (struct query_value){.type = QUERY_ARRAY, .node = array};
	return true;
}

/* The name the guess has at this place, when it is the one that stands here. */
static struct name *follow(struct reader *r, const struct shape *guess, size_t i)
{
	struct name *name = guess && i < guess->n ? guess->ids[i] : NULL;
	size_t n = name ? name->text.n : 0;

	if (!name || !name->is_plain || (size_t)(r->end - r->p) < n + 2 || *r->p != '"' ||
	    memcmp(r->p + 1, name->text.p, n) != 0 || r->p[n + 1] != '"')
		return NULL;
	r->p += n + 2;
	return name;
}

static struct name *read_name(struct reader *r)
{
	struct str text;

	if (r->p >= r->end || *r->p != '"') {
		reader_fail(r, r->p, "expected a name in quotes");
		return NULL;
	}
	return reader_text(r, &text) ? shapes_name(&r->shapes, text) : NULL;
}

/* Values of one name twice: the last one, in the first place. */
static void give_object(struct reader *r, size_t mark, const struct shape *shape,
			struct query_value *out)
{
	size_t n = shape ? shape->unique->n : 0;
	struct query_value *values, *from;
	struct query_object *object =
		arena_alloc(r->arena, sizeof(*object) + n * sizeof(*values));

	values = (void *)(object + 1);
	*object = (struct query_object){.n = n, .values = values};
	if (shape) {
		from = r->values.p + mark;
		object->names = shape->unique->names;
		if (n == shape->n)
			memcpy(values, from, n * sizeof(*from));
		for (size_t i = 0; n < shape->n && i < shape->n; i++)
			values[shape->places[i]] = from[i];
	}
	*out = (struct query_value){.type = QUERY_OBJECT, .node = object};
}

static bool read_members(struct reader *r, const struct shape *guess, bool *is_guessed)
{
	struct query_value value;
	bool is_last = false;

	for (size_t i = 0; !is_last; i++) {
		struct name *name = *is_guessed ? follow(r, guess, i) : NULL;

		if (!name) {
			*is_guessed = false;
			name = read_name(r);
		}
		if (!name || !skip_to(r, ':', "expected ':' after the name"))
			return false;
		skip_blanks(r);
		if (!read_value(r, name, &value) || !has_room(r))
			return false;
		vec_push(&r->values, value);
		vec_push(&r->names, name);
		if (!step(r, '}', "expected ',' or '}'", &is_last))
			return false;
		*is_guessed = *is_guessed && (!is_last || i + 1 == guess->n);
	}
	return true;
}

static bool read_object(struct reader *r, struct name *named, struct query_value *out)
{
	size_t mark = r->values.n, names = r->names.n;
	struct shape *shape = NULL;
	bool is_guessed;

	if (!enter(r))
		return false;
	if (r->p < r->end && *r->p == '}') {
		r->p++;
	} else {
		shape = named->guess;
		is_guessed = shape != NULL;
		if (!read_members(r, shape, &is_guessed))
			return false;
		if (!is_guessed)
			shape = shapes_find(&r->shapes, r->names.p + names,
					    r->names.n - names);
		named->guess = shape;
	}
	give_object(r, mark, shape, out);
	r->values.n = mark;
	r->names.n = names;
	r->depth--;
	return true;
}

static bool read_word(struct reader *r, struct query_value *out)
{
	static const struct {
		struct str text;
		struct query_value value;
	} words[] = {
		{{"true", 4}, {.type = QUERY_BOOL, .boolean = true}},
		{{"false", 5}, {.type = QUERY_BOOL, .boolean = false}},
		{{"null", 4}, {.type = QUERY_NULL}},
	};
	struct str rest = {.p = r->p, .n = (size_t)(r->end - r->p)};

	for (size_t i = 0; i < COUNT(words); i++) {
		if (str_starts(rest, words[i].text)) {
			r->p += words[i].text.n;
			*out = words[i].value;
			return true;
		}
	}
	return reader_fail(r, r->p, "expected a value");
}

/* `named` is the name before it, or before the list it is in. */
static bool read_value(struct reader *r, struct name *named, struct query_value *out)
{
	struct str text;
	char c = r->p < r->end ? *r->p : '\0';

	switch (c) {
	case '{':
		return read_object(r, named, out);
	case '[':
		return read_array(r, named, out);
	case '"':
		if (!reader_text(r, &text))
			return false;
		*out = value_text(text);
		return true;
	default:
		if (c == '-' || (c >= '0' && c <= '9'))
			return reader_number(r, out);
		return read_word(r, out);
	}
}

static bool read_all(struct reader *r, struct query_value *out)
{
	struct name *root = shapes_name(&r->shapes, STR(""));

	skip_blanks(r);
	if (!read_value(r, root, out))
		return false;
	skip_blanks(r);
	return r->p == r->end || reader_fail(r, r->p, "expected the end");
}

bool query_read(struct str text, const struct json_limits *limits, struct arena *arena,
		struct query_value *out, struct err *err)
{
	struct reader r = {.arena = arena, .max_depth = limits->max_depth};
	struct json_place place;
	bool ok;

	*out = value_null();
	if (text.n > limits->max_bytes)
		return err_set(err, ERR_TOO_LARGE,
			       "JSON of %zu bytes is over the limit of %zu", text.n,
			       limits->max_bytes);
	if (str_starts(text, STR("\xef\xbb\xbf")))
		text = str_sub(text, 3, text.n);
	r.arena_start = arena->bytes;
	r.p = text.p;
	r.end = text.p + text.n;
	shapes_init(&r.shapes, arena);
	ok = read_all(&r, out);
	shapes_fini(&r.shapes);
	vec_fini(&r.values);
	vec_fini(&r.names);
	if (ok)
		return true;
	*out = value_null();
	place = json_place_at(text, (size_t)(r.p - text.p));
	return err_set(err, ERR_PARSE, "line %d, column %d: %s", place.line, place.column,
		       r.error);
}
