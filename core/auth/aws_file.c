/* See aws_file.h. */
#include "auth/aws_file.h"

static bool is_comment(struct str line)
{
	return !line.n || line.p[0] == '#' || line.p[0] == ';';
}

/* "[name]", where a comment may follow. */
static bool section_name(struct str line, struct str *name)
{
	ptrdiff_t end = str_find_char(line, ']');

	if (line.p[0] != '[' || end < 0)
		return false;
	*name = str_trim(str_sub(line, 1, (size_t)end - 1));
	return true;
}

static void take(struct str line, struct aws_keys *out)
{
	ptrdiff_t equals = str_find_char(line, '=');
	struct str name, value;

	if (equals < 0)
		return;
	name = str_trim(str_sub(line, 0, (size_t)equals));
	value = str_trim(str_sub(line, (size_t)equals + 1, line.n));
	if (str_eq_nocase(name, STR("aws_access_key_id")))
		out->id = value;
	else if (str_eq_nocase(name, STR("aws_secret_access_key")))
		out->secret = value;
	else if (str_eq_nocase(name, STR("aws_session_token")))
		out->session = value;
}

bool aws_file_find(struct str text, struct str profile, struct aws_keys *out)
{
	struct str line, name;
	bool is_ours = false, is_found = false;

	*out = (struct aws_keys){0};
	while (str_next(&text, '\n', &line)) {
		bool is_nested = line.n && (line.p[0] == ' ' || line.p[0] == '\t');

		line = str_trim(line);
		/* What is set in belongs to the value before it. */
		if (is_comment(line) || is_nested)
			continue;
		if (section_name(line, &name)) {
			is_ours = str_eq(name, profile);
			is_found = is_found || is_ours;
		} else if (is_ours) {
			take(line, out);
		}
	}
	return is_found;
}
