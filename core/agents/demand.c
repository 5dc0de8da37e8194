/* See demand.h. */
#include "agents/demand.h"

enum { VERSION_PARTS = 4 };

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static size_t word_length(struct str s)
{
	size_t n = 0;

	while (n < s.n && !is_blank(s.p[n]))
		n++;
	return n;
}

static struct str take_word(struct str *rest)
{
	size_t n = word_length(*rest);
	struct str word = str_sub(*rest, 0, n);

	*rest = str_trim(str_sub(*rest, n, rest->n));
	return word;
}

bool demand_parse(struct str text, struct demand *out)
{
	struct str rest = str_trim(text), op;

	*out = (struct demand){.text = rest};
	out->name = take_word(&rest);
	if (out->name.n == 0)
		return false;
	if (rest.n == 0)
		return true;
	op = take_word(&rest);
	out->value = rest;
	if (rest.n && str_eq_nocase(op, STR("-equals")))
		out->kind = DEMAND_EQUALS;
	else if (rest.n && str_eq_nocase(op, STR("-gtVersion")))
		out->kind = DEMAND_VERSION;
	else
		out->kind = DEMAND_ODD;
	return true;
}

bool demand_is_agent_version(const struct demand *demand)
{
	return demand->kind == DEMAND_VERSION &&
	       str_eq_nocase(demand->name, STR("Agent.Version"));
}

/* How many parts, at most four, it has; 0: it is no version. */
static int read_version(struct str s, int64_t parts[VERSION_PARTS])
{
	ptrdiff_t dash = str_find_char(s, '-');
	struct str part;
	int n = 0;

	if (dash > 0)
		s = str_sub(s, 0, (size_t)dash);
	s = str_trim(s);
	for (int i = 0; i < VERSION_PARTS; i++)
		parts[i] = -1;
	while (str_next(&s, '.', &part)) {
		if (n == VERSION_PARTS || !str_to_i64(part, &parts[n]) || parts[n] < 0)
			return 0;
		n++;
	}
	return n;
}

bool version_compare(struct str a, struct str b, int *order)
{
	int64_t left[VERSION_PARTS], right[VERSION_PARTS];

	if (read_version(a, left) == 0 || read_version(b, right) == 0)
		return false;
	*order = 0;
	for (int i = 0; i < VERSION_PARTS && *order == 0; i++)
		*order = (left[i] > right[i]) - (left[i] < right[i]);
	return true;
}

static const struct capability *find(const struct capability *all, size_t n,
				     struct str name)
{
	for (size_t i = 0; i < n; i++) {
		if (str_eq_nocase(all[i].name, name))
			return &all[i];
	}
	return NULL;
}

/* A tool's path is often all that stands there: it is older than any version. What is
 * asked is met by anything when it is no version itself. */
static enum demand_fit check_version(struct str asked, struct str had)
{
	int64_t scratch[VERSION_PARTS];
	int order;

	if (read_version(asked, scratch) == 0)
		return DEMAND_MET;
	if (!version_compare(had, asked, &order))
		return DEMAND_OLDER;
	return order >= 0 ? DEMAND_MET : DEMAND_OLDER;
}

enum demand_fit demand_check(const struct demand *demand, const struct capability *all,
			     size_t n, struct str *had)
{
	const struct capability *it = find(all, n, demand->name);

	if (had)
		*had = it ? it->value : (struct str){0};
	if (demand->kind == DEMAND_ODD)
		return DEMAND_UNKNOWN;
	if (!it)
		return DEMAND_MISSING;
	if (demand->kind == DEMAND_EQUALS)
		return str_eq_nocase(it->value, demand->value) ? DEMAND_MET
							       : DEMAND_DIFFERENT;
	if (demand->kind == DEMAND_VERSION)
		return check_version(demand->value, it->value);
	return DEMAND_MET;
}
