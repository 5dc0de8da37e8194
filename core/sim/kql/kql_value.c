/* Values of a query: how they compare, and how they are read from rows and written
 * into them. Thread: any (no state). */
#include "base/json.h"
#include "base/timefmt.h"
#include "sim/kql/kql_tree.h"

struct kql_value kql_of_json(const cJSON *node)
{
	if (cJSON_IsBool(node))
		return (struct kql_value){.type = KQL_BOOL,
					  .boolean = cJSON_IsTrue(node)};
	if (cJSON_IsNumber(node))
		return (struct kql_value){.type = KQL_NUMBER,
					  .number = node->valuedouble};
	if (cJSON_IsString(node))
		return (struct kql_value){.type = KQL_TEXT,
					  .text = str_from(node->valuestring)};
	if (cJSON_IsObject(node) || cJSON_IsArray(node))
		return (struct kql_value){.type = KQL_NODE, .node = node};
	return (struct kql_value){.type = KQL_NULL};
}

static cJSON *text_node(struct str text)
{
	struct strbuf copy;
	cJSON *node;

	strbuf_init(&copy, text.n + 1);
	strbuf_put(&copy, text);
	node = cJSON_CreateString(copy.p);
	strbuf_fini(&copy);
	return node;
}

cJSON *kql_to_json(struct kql_value v)
{
	switch (v.type) {
	case KQL_BOOL:
		return cJSON_CreateBool(v.boolean);
	case KQL_NUMBER:
		return cJSON_CreateNumber(v.number);
	case KQL_TEXT:
		return text_node(v.text);
	case KQL_NODE:
		return cJSON_Duplicate(v.node, true);
	case KQL_NULL:
		break;
	}
	return cJSON_CreateNull();
}

struct str kql_to_text(struct kql_eval *e, struct kql_value v)
{
	struct strbuf out;
	struct str text;

	if (v.type == KQL_TEXT)
		return v.text;
	if (v.type == KQL_NULL)
		return STR("");
	strbuf_init(&out, 1 << 20);
	if (v.type == KQL_BOOL)
		strbuf_puts(&out, v.boolean ? "true" : "false");
	else if (v.type == KQL_NUMBER)
		json_print_number(&out, v.number);
	else
		json_print(&out, v.node);
	text = arena_str(e->arena, strbuf_str(&out));
	strbuf_fini(&out);
	return text;
}

bool kql_is_true(struct kql_value v)
{
	return v.type == KQL_BOOL && v.boolean;
}

static char folded(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool is_term_char(char c)
{
	return (c >= '0' && c <= '9') || (folded(c) >= 'a' && folded(c) <= 'z');
}

static bool is_at(struct str s, size_t at, struct str needle)
{
	return str_eq_nocase(str_sub(s, at, needle.n), needle);
}

static bool contains(struct str s, struct str needle)
{
	for (size_t i = 0; i + needle.n <= s.n; i++)
		if (is_at(s, i, needle))
			return true;
	return false;
}

/* A whole word of the text: no letter or digit on either side. */
static bool has_term(struct str s, struct str needle)
{
	for (size_t i = 0; i + needle.n <= s.n; i++)
		if (is_at(s, i, needle) && (i == 0 || !is_term_char(s.p[i - 1])) &&
		    (i + needle.n == s.n || !is_term_char(s.p[i + needle.n])))
			return true;
	return false;
}

static bool compare_text(enum kql_op op, struct str a, struct str b)
{
	switch (op) {
	case KQL_EQ:
		return str_eq(a, b);
	case KQL_EQ_NOCASE:
		return str_eq_nocase(a, b);
	case KQL_LESS:
		return str_cmp(a, b) < 0;
	case KQL_LESS_EQ:
		return str_cmp(a, b) <= 0;
	case KQL_MORE:
		return str_cmp(a, b) > 0;
	case KQL_MORE_EQ:
		return str_cmp(a, b) >= 0;
	case KQL_HAS:
		return has_term(a, b);
	case KQL_CONTAINS:
		return contains(a, b);
	case KQL_STARTS:
		return str_starts_nocase(a, b);
	case KQL_ENDS:
		return a.n >= b.n && is_at(a, a.n - b.n, b);
	}
	return false;
}

static bool compare_number(enum kql_op op, double a, double b)
{
	switch (op) {
	case KQL_EQ:
	case KQL_EQ_NOCASE:
		return a == b;
	case KQL_LESS:
		return a < b;
	case KQL_LESS_EQ:
		return a <= b;
	case KQL_MORE:
		return a > b;
	case KQL_MORE_EQ:
		return a >= b;
	case KQL_HAS:
	case KQL_CONTAINS:
	case KQL_STARTS:
	case KQL_ENDS:
		break;
	}
	return false;
}

/* A moment as text beside one as number: now() is milliseconds here. A text of digits
 * is no moment. */
static bool is_moment(struct str text, int64_t *ms)
{
	return text.n > 4 && text.p[4] == '-' && time_parse(text, ms);
}

static bool as_number(struct kql_value v, double *out)
{
	int64_t ms;

	if (v.type == KQL_NUMBER)
		*out = v.number;
	else if (v.type == KQL_BOOL)
		*out = v.boolean;
	else if (v.type == KQL_TEXT && is_moment(v.text, &ms))
		*out = (double)ms;
	else
		return false;
	return true;
}

bool kql_compare(enum kql_op op, struct kql_value a, struct kql_value b)
{
	double x, y;

	if (a.type == KQL_NULL || b.type == KQL_NULL)
		return op == KQL_EQ && a.type == b.type;
	if (a.type == KQL_TEXT && b.type == KQL_TEXT)
		return compare_text(op, a.text, b.text);
	if (a.type == KQL_BOOL && b.type == KQL_TEXT)
		return compare_text(op, a.boolean ? STR("true") : STR("false"), b.text);
	return as_number(a, &x) && as_number(b, &y) && compare_number(op, x, y);
}

int kql_order(struct kql_value a, struct kql_value b)
{
	if (a.type != b.type)
		return (int)a.type - (int)b.type;
	if (a.type == KQL_TEXT)
		return str_cmp(a.text, b.text);
	if (a.type == KQL_NUMBER)
		return (a.number > b.number) - (a.number < b.number);
	return a.type == KQL_BOOL ? (int)a.boolean - (int)b.boolean : 0;
}
