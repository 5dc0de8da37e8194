/* logfmt: name=value, name="a value", on and on. Two pairs at the front make it one,
 * when at least one of them is a time, a level or a message. */
#include "stream/format.h"

enum { MOST_PAIRS = 200, LONGEST_NAME = 64 };

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-' || c == '@';
}

/* Takes name=value off the front. */
static bool next_pair(struct str *rest, struct str *name, struct str *value,
		      bool *is_quoted)
{
	size_t at = 0, begin;

	while (at < rest->n && at < LONGEST_NAME && is_name(rest->p[at]))
		at++;
	if (at == 0 || at >= rest->n || rest->p[at] != '=')
		return false;
	*name = str_sub(*rest, 0, at++);
	*is_quoted = at < rest->n && rest->p[at] == '"';
	begin = at += *is_quoted;
	while (at < rest->n && rest->p[at] != (*is_quoted ? '"' : ' '))
		at += *is_quoted && rest->p[at] == '\\' ? 2 : 1;
	at = at > rest->n ? rest->n : at;
	*value = str_sub(*rest, begin, at - begin);
	at += *is_quoted && at < rest->n;
	while (at < rest->n && rest->p[at] == ' ')
		at++;
	*rest = str_sub(*rest, at, rest->n);
	return true;
}

bool format_logfmt(struct str s, int64_t now_ms, struct line *line)
{
	struct fields fields = {0};
	struct str rest = s, name, value;
	bool is_quoted;

	(void)now_ms;
	while (fields.n < MOST_PAIRS && next_pair(&rest, &name, &value, &is_quoted))
		fields_add(&fields, name, value, is_quoted);
	if (fields.n < 2 || !fields_fill(&fields, line))
		return false;
	line->format = LINE_FORMAT_LOGFMT;
	return true;
}
