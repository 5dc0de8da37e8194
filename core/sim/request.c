/* Takes a request target apart. Thread: core. A '%' that is not followed by two
 * hex digits, or that hides a NUL, makes the whole target malformed: nothing is
 * repaired. */
#include "sim/request.h"

#include "base/count.h"

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static bool decode(struct arena *a, struct str in, bool plus_is_blank, struct str *out)
{
	char *to = arena_alloc(a, in.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < in.n; i++) {
		char c = in.p[i];

		if (c == '%') {
			int high = in.n - i > 2 ? hex_digit(in.p[i + 1]) : -1;
			int low = in.n - i > 2 ? hex_digit(in.p[i + 2]) : -1;

			if (high < 0 || low < 0)
				return false;
			c = (char)(high * 16 + low);
			i += 2;
		} else if (c == '+' && plus_is_blank) {
			c = ' ';
		}
		if (c == '\0')
			return false;
		to[n++] = c;
	}
	to[n] = '\0';
	*out = (struct str){.p = to, .n = n};
	return true;
}

static bool split_path(struct request *r, struct str path)
{
	struct str part;

	while (str_next(&path, '/', &part)) {
		if (part.n == 0)
			continue;
		if (r->n_segments == REQUEST_MAX_SEGMENTS)
			return false;
		if (!decode(&r->arena, part, false, &r->segments[r->n_segments++]))
			return false;
	}
	return true;
}

static bool split_query(struct request *r, struct str query)
{
	struct str part;

	while (str_next(&query, '&', &part)) {
		struct request_pair *pair;
		struct str value = part, name;

		if (part.n == 0)
			continue;
		if (r->n_query == REQUEST_MAX_QUERY)
			return false;
		pair = &r->query[r->n_query++];
		str_next(&value, '=', &name);
		if (!value.p)
			value = (struct str){.p = "", .n = 0};
		if (!decode(&r->arena, name, true, &pair->name) ||
		    !decode(&r->arena, value, true, &pair->value))
			return false;
	}
	return true;
}

bool request_init(struct request *r, enum sim_method method, struct str target)
{
	struct str rest = target;

	*r = (struct request){.method = method, .target = target};
	arena_init(&r->arena);
	if (target.n == 0 || target.n > REQUEST_MAX_TARGET || target.p[0] != '/')
		return false;
	str_next(&rest, '?', &r->path);
	if (!split_path(r, r->path))
		return false;
	return !rest.p || split_query(r, rest);
}

void request_fini(struct request *r)
{
	arena_fini(&r->arena);
}

enum sim_method sim_method_parse(struct str name)
{
	static const char *const names[] = {
		[SIM_GET] = "GET",     [SIM_POST] = "POST",	[SIM_PUT] = "PUT",
		[SIM_PATCH] = "PATCH", [SIM_DELETE] = "DELETE",
	};

	for (size_t i = 0; i < COUNT(names); i++)
		if (str_eq(name, str_from(names[i])))
			return (enum sim_method)i;
	return SIM_OTHER;
}

static const struct request_pair *find(const struct request_pair *pairs, size_t n,
				       const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_nocase(pairs[i].name, str_from(name)))
			return &pairs[i];
	return NULL;
}

struct str request_query(const struct request *r, const char *name)
{
	const struct request_pair *pair = find(r->query, r->n_query, name);

	return pair ? pair->value : (struct str){.p = "", .n = 0};
}

bool request_has_query(const struct request *r, const char *name)
{
	return find(r->query, r->n_query, name) != NULL;
}

struct str request_param(const struct request *r, const char *name)
{
	const struct request_pair *pair = find(r->params, r->n_params, name);

	return pair ? pair->value : (struct str){.p = "", .n = 0};
}

struct str request_above(const struct request *r, int n)
{
	struct str path = r->path;

	for (int i = 0; i < n; i++) {
		while (path.n && path.p[path.n - 1] != '/')
			path.n--;
		path.n -= path.n > 0;
	}
	return path;
}
