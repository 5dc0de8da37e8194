/* Values as JSON text and as cJSON. A result may repeat one part so often that
 * its text has no end in sight: printing stops where the buffer is full, and a
 * tree is refused past a million values. */
#include "base/json.h"
#include "query/value.h"

enum { TREE_MAX = 1000000 };

static void newline(struct strbuf *out, int indent)
{
	if (indent < 0)
		return;
	strbuf_putc(out, '\n');
	strbuf_pad(out, ' ', (size_t)indent * 2);
}

static void print(struct strbuf *out, const struct query_value *v, int indent);

static void print_array(struct strbuf *out, const struct query_value *v, int indent)
{
	int inner = indent < 0 ? -1 : indent + 1;
	struct query_iter it = query_iter(v);
	struct query_value item;
	bool is_first = true;

	strbuf_putc(out, '[');
	while (!out->overflow && query_iter_next(&it, &item)) {
		if (!is_first)
			strbuf_putc(out, ',');
		is_first = false;
		newline(out, inner);
		print(out, &item, inner);
	}
	if (!is_first)
		newline(out, indent);
	strbuf_putc(out, ']');
}

static void print_object(struct strbuf *out, const struct query_value *v, int indent)
{
	int inner = indent < 0 ? -1 : indent + 1;
	struct member_iter it = member_iter(v);
	struct query_value value;
	bool is_first = true;
	struct str name;

	strbuf_putc(out, '{');
	while (!out->overflow && member_iter_next(&it, &name, &value)) {
		if (!is_first)
			strbuf_putc(out, ',');
		is_first = false;
		newline(out, inner);
		json_print_text(out, name);
		strbuf_put(out, indent < 0 ? STR(":") : STR(": "));
		print(out, &value, inner);
	}
	if (!is_first)
		newline(out, indent);
	strbuf_putc(out, '}');
}

/* indent < 0: compact. The depth is that of the document and the expression. */
static void print(struct strbuf *out, const struct query_value *v, int indent)
{
	switch (v->type) {
	case QUERY_NULL:
		strbuf_put(out, STR("null"));
		return;
	case QUERY_BOOL:
		strbuf_put(out, v->boolean ? STR("true") : STR("false"));
		return;
	case QUERY_NUMBER:
		json_print_number(out, v->number);
		return;
	case QUERY_STRING:
		json_print_text(out, v->text);
		return;
	case QUERY_ARRAY:
		print_array(out, v, indent);
		return;
	case QUERY_OBJECT:
		print_object(out, v, indent);
		return;
	}
}

void query_print(struct strbuf *out, const struct query_value *v)
{
	print(out, v, -1);
}

void query_print_pretty(struct strbuf *out, const struct query_value *v)
{
	print(out, v, 0);
}

/* cJSON wants terminated text; ours need not be. */
static cJSON *tree_text(struct str s)
{
	struct strbuf text;
	cJSON *tree;

	strbuf_init(&text, s.n);
	strbuf_put(&text, s);
	tree = cJSON_CreateString(text.p);
	strbuf_fini(&text);
	return tree;
}

static cJSON *to_tree(const struct query_value *v, unsigned *left);

static cJSON *tree_array(const struct query_value *v, unsigned *left)
{
	struct query_iter it = query_iter(v);
	cJSON *tree = cJSON_CreateArray();
	struct query_value item;

	while (query_iter_next(&it, &item))
		cJSON_AddItemToArray(tree, to_tree(&item, left));
	return tree;
}

static cJSON *tree_object(const struct query_value *v, unsigned *left)
{
	struct member_iter it = member_iter(v);
	cJSON *tree = cJSON_CreateObject();
	struct query_value value;
	struct strbuf key;
	struct str name;

	while (member_iter_next(&it, &name, &value)) {
		strbuf_init(&key, name.n);
		strbuf_put(&key, name);
		cJSON_AddItemToObject(tree, key.p, to_tree(&value, left));
		strbuf_fini(&key);
	}
	return tree;
}

/* Out of allowance every further value is a null, so the walk ends soon. */
static cJSON *to_tree(const struct query_value *v, unsigned *left)
{
	if (*left == 0)
		return cJSON_CreateNull();
	--*left;
	switch (v->type) {
	case QUERY_BOOL:
		return cJSON_CreateBool(v->boolean);
	case QUERY_NUMBER:
		return cJSON_CreateNumber(v->number);
	case QUERY_STRING:
		return tree_text(v->text);
	case QUERY_ARRAY:
		return tree_array(v, left);
	case QUERY_OBJECT:
		return tree_object(v, left);
	case QUERY_NULL:
		break;
	}
	return cJSON_CreateNull();
}

cJSON *query_to_json(const struct query_value *v)
{
	unsigned left = TREE_MAX;
	cJSON *tree = to_tree(v, &left);

	if (left)
		return tree;
	cJSON_Delete(tree);
	return NULL;
}
