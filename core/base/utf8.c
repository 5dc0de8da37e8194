/* See utf8.h. */
#include "base/utf8.h"

#include "base/utf8_table.h"

static bool is_tail(unsigned char c)
{
	return (c & 0xc0) == 0x80;
}

size_t utf8_decode(struct str s, uint32_t *cp)
{
	const unsigned char *p = (const unsigned char *)s.p;
	uint32_t value, least;
	size_t need;

	*cp = UTF8_REPLACEMENT;
	if (s.n == 0)
		return 0;
	if (p[0] < 0x80) {
		*cp = p[0];
		return 1;
	}
	if (p[0] >= 0xc2 && p[0] < 0xe0) {
		need = 2, value = p[0] & 0x1f, least = 0x80;
	} else if (p[0] >= 0xe0 && p[0] < 0xf0) {
		need = 3, value = p[0] & 0x0f, least = 0x800;
	} else if (p[0] >= 0xf0 && p[0] < 0xf5) {
		need = 4, value = p[0] & 0x07, least = 0x10000;
	} else {
		return 1;
	}
	if (s.n < need)
		return 1;
	for (size_t i = 1; i < need; i++) {
		if (!is_tail(p[i]))
			return 1;
		value = value << 6 | (p[i] & 0x3f);
	}
	if (value < least || value > 0x10ffff || (value >= 0xd800 && value < 0xe000))
		return 1;
	*cp = value;
	return need;
}

size_t utf8_encode(uint32_t cp, char out[4])
{
	if (cp > 0x10ffff || (cp >= 0xd800 && cp < 0xe000))
		cp = UTF8_REPLACEMENT;
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xc0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3f));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xe0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
		out[2] = (char)(0x80 | (cp & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3f));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3f));
	out[3] = (char)(0x80 | (cp & 0x3f));
	return 4;
}

bool utf8_is_valid(struct str s)
{
	while (s.n) {
		uint32_t cp;
		size_t n = utf8_decode(s, &cp);

		if (cp == UTF8_REPLACEMENT && n == 1)
			return false;
		s = str_sub(s, n, s.n);
	}
	return true;
}

static bool in_table(const struct utf8_range *table, size_t n, uint32_t cp)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (cp > table[mid].last)
			low = mid + 1;
		else if (cp < table[mid].first)
			high = mid;
		else
			return true;
	}
	return false;
}

int utf8_cp_width(uint32_t cp)
{
	/* Latin; lines, blocks and shapes; dots. */
	if (cp < 0x300 || (cp >= 0x2500 && cp < 0x25fd) || (cp >= 0x2800 && cp < 0x2900))
		return 1;
	if (in_table(utf8_zero, sizeof(utf8_zero) / sizeof(*utf8_zero), cp))
		return 0;
	if (cp < 0x1100)
		return 1;
	return in_table(utf8_wide, sizeof(utf8_wide) / sizeof(*utf8_wide), cp) ? 2 : 1;
}

static bool is_regional(uint32_t cp)
{
	return cp >= 0x1f1e6 && cp <= 0x1f1ff;
}

size_t utf8_cluster(struct str s, int *cells)
{
	uint32_t first, cp;
	size_t n = utf8_decode(s, &first);
	bool wants_pair;

	*cells = 0;
	if (n == 0)
		return 0;
	*cells = first < 0x20 || first == 0x7f ? 0 : utf8_cp_width(first);
	wants_pair = is_regional(first);
	/* ASCII before ASCII, nearly all text, ends here. */
	while (n < s.n && (unsigned char)s.p[n] >= 0x80) {
		size_t more = utf8_decode(str_sub(s, n, s.n), &cp);

		if (wants_pair && is_regional(cp)) {
			wants_pair = false;
			*cells = 2;
		} else if (utf8_cp_width(cp) != 0) {
			break;
		}
		n += more;
	}
	return n;
}

/* ASCII that prints, nearly all text, is a cell a byte; the last of it is left to
 * utf8_cluster, as what follows may be a mark on it. */
static size_t plain_width(struct str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] >= 0x20 && s.p[n] < 0x7f)
		n++;
	return n > 0 && n < s.n ? n - 1 : n;
}

int utf8_width(struct str s)
{
	size_t n = plain_width(s);
	int total = (int)n, cells;

	s = str_sub(s, n, s.n);
	while ((n = utf8_cluster(s, &cells))) {
		total += cells;
		s = str_sub(s, n, s.n);
	}
	return total;
}

struct str utf8_prefix(struct str s, int cells, int *used)
{
	size_t taken = 0;
	int total = 0, width;
	size_t n;

	while ((n = utf8_cluster(str_sub(s, taken, s.n), &width))) {
		if (total + width > cells)
			break;
		total += width;
		taken += n;
	}
	*used = total;
	return str_sub(s, 0, taken);
}
