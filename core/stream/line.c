/* See line.h. */
#include "stream/line.h"

#include "base/count.h"
#include "base/utf8.h"

const char *line_level_name(enum line_level level)
{
	static const char *const names[] = {
#define X(id, name) [LINE_##id] = (name),
		LINE_LEVEL_LIST(X)
#undef X
	};

	return names[level];
}

const char *line_format_name(enum line_format format)
{
	static const char *const names[] = {
#define X(id, name) [LINE_FORMAT_##id] = (name),
		LINE_FORMAT_LIST(X)
#undef X
	};

	return names[format];
}

enum line_level line_level_of(struct str word)
{
	static const struct {
		struct str word;
		enum line_level level;
	} words[] = {
		{STR("info"), LINE_INFO},	   {STR("error"), LINE_ERROR},
		{STR("warn"), LINE_WARNING},	   {STR("warning"), LINE_WARNING},
		{STR("debug"), LINE_DEBUG},	   {STR("information"), LINE_INFO},
		{STR("informational"), LINE_INFO}, {STR("inf"), LINE_INFO},
		{STR("notice"), LINE_INFO},	   {STR("trace"), LINE_TRACE},
		{STR("verbose"), LINE_TRACE},	   {STR("trc"), LINE_TRACE},
		{STR("vrb"), LINE_TRACE},	   {STR("dbg"), LINE_DEBUG},
		{STR("wrn"), LINE_WARNING},	   {STR("err"), LINE_ERROR},
		{STR("fail"), LINE_ERROR},	   {STR("severe"), LINE_ERROR},
		{STR("critical"), LINE_CRITICAL},  {STR("crit"), LINE_CRITICAL},
		{STR("fatal"), LINE_CRITICAL},	   {STR("ftl"), LINE_CRITICAL},
		{STR("panic"), LINE_CRITICAL},	   {STR("dpanic"), LINE_CRITICAL},
		{STR("alert"), LINE_CRITICAL},	   {STR("emerg"), LINE_CRITICAL},
		{STR("emergency"), LINE_CRITICAL},
	};

	if (word.n < 3 || word.n > 13)
		return LINE_UNKNOWN;
	for (size_t i = 0; i < COUNT(words); i++) {
		if (word.n == words[i].word.n && (*word.p | 0x20) == *words[i].word.p &&
		    str_eq_nocase(word, words[i].word))
			return words[i].level;
	}
	return LINE_UNKNOWN;
}

static int hex_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The four digits after \u. */
static bool hex4(struct str s, uint32_t *out)
{
	*out = 0;
	if (s.n < 4)
		return false;
	for (size_t i = 0; i < 4; i++) {
		int digit = hex_of(s.p[i]);

		if (digit < 0)
			return false;
		*out = *out * 16 + (uint32_t)digit;
	}
	return true;
}

/* What stands at s, which begins with \u; the bytes it takes. */
static size_t put_unicode(struct strbuf *out, struct str s)
{
	uint32_t cp, low;
	size_t used = 6;
	char bytes[4];

	if (!hex4(str_sub(s, 2, 4), &cp)) {
		strbuf_putc(out, '\\');
		return 1;
	}
	if (cp >= 0xd800 && cp < 0xdc00 && s.n >= 12 && s.p[6] == '\\' && s.p[7] == 'u' &&
	    hex4(str_sub(s, 8, 4), &low) && low >= 0xdc00 && low < 0xe000) {
		cp = 0x10000 + ((cp - 0xd800) << 10) + (low - 0xdc00);
		used = 12;
	}
	if (cp >= 0xd800 && cp < 0xe000)
		cp = UTF8_REPLACEMENT;
	strbuf_put(out, (struct str){.p = bytes, .n = utf8_encode(cp, bytes)});
	return used;
}

void line_put_message(struct strbuf *out, const struct line *line)
{
	static const char named[] = "b\bf\fn\nr\rt\t";
	struct str s = line->message;

	if (!line->is_escaped) {
		strbuf_put(out, s);
		return;
	}
	for (size_t i = 0; i < s.n;) {
		const char *name;

		if (s.p[i] != '\\' || i + 1 == s.n) {
			strbuf_putc(out, s.p[i++]);
			continue;
		}
		if (s.p[i + 1] == 'u') {
			i += put_unicode(out, str_sub(s, i, s.n));
			continue;
		}
		name = memchr(named, s.p[i + 1], sizeof(named) - 1);
		strbuf_putc(out, name && (name - named) % 2 == 0 ? name[1] : s.p[i + 1]);
		i += 2;
	}
}
