/* Words. What counts as a digit is a digit of any script: a figure in Arabic or circled
 * digits is a figure. */
#include "answer/scan_word.h"

#include "base/count.h"
#include "base/utf8.h"

struct range {
	uint32_t first, last;
};

static bool is_in(uint32_t cp, const struct range *ranges, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (cp >= ranges[i].first && cp <= ranges[i].last)
			return true;
	return false;
}

static bool is_digit(uint32_t cp)
{
	/* Digits by script, then superscripts, fractions, Roman and circled ones. */
	static const struct range digits[] = {
		{'0', '9'},	    {0x660, 0x669},	{0x6f0, 0x6f9},
		{0x7c0, 0x7c9},	    {0x966, 0x96f},	{0x9e6, 0x9ef},
		{0xa66, 0xa6f},	    {0xae6, 0xaef},	{0xb66, 0xb6f},
		{0xbe6, 0xbf2},	    {0xc66, 0xc6f},	{0xce6, 0xcef},
		{0xd66, 0xd75},	    {0xe50, 0xe59},	{0xed0, 0xed9},
		{0xf20, 0xf33},	    {0x1040, 0x1049},	{0x17e0, 0x17e9},
		{0x1810, 0x1819},   {0xb2, 0xb3},	{0xb9, 0xb9},
		{0xbc, 0xbe},	    {0x2070, 0x2079},	{0x2080, 0x2089},
		{0x2150, 0x218b},   {0x2460, 0x249b},	{0x24ea, 0x24ff},
		{0x2776, 0x2793},   {0x3021, 0x3029},	{0x3220, 0x3229},
		{0x3280, 0x3289},   {0xa620, 0xa629},	{0xff10, 0xff19},
		{0x10140, 0x10178}, {0x104a0, 0x104a9}, {0x1d7ce, 0x1d7ff},
		{0x1f100, 0x1f10c},
	};

	return is_in(cp, digits, COUNT(digits));
}

static bool is_letter(uint32_t cp)
{
	static const struct range marks[] = {
		{0x2000, 0x2bff}, {0x2e00, 0x2e7f}, {0x3000, 0x3020},
		{0xfe10, 0xfe6f}, {0xff01, 0xff0f}, {0xff1a, 0xff20},
		{0xff3b, 0xff40}, {0xff5b, 0xff65}, {0xfff0, 0xffff},
	};

	if (cp < 0x80)
		return (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z';
	return cp >= 0xc0 && cp != 0xd7 && cp != 0xf7 && !is_in(cp, marks, COUNT(marks));
}

/* Bytes of the letter or digit at `at`; 0: there is none. */
static size_t letter_at(struct str text, size_t at, bool *has_digit, bool *is_ascii)
{
	uint32_t cp;
	size_t n = utf8_decode(str_sub(text, at, text.n), &cp);

	if (!n || (!is_digit(cp) && !is_letter(cp)))
		return 0;
	*has_digit |= is_digit(cp);
	*is_ascii &= cp < 0x80;
	return n;
}

static bool is_ascii_digit(struct str text, size_t at)
{
	return at < text.n && text.p[at] >= '0' && text.p[at] <= '9';
}

/* Whether the mark at `at` joins what is before it with what is behind. */
static bool joins(struct str text, const struct prose_word *word, size_t at)
{
	bool ignored = false;
	bool is_between =
		at > 0 && is_ascii_digit(text, at - 1) && is_ascii_digit(text, at + 1);

	if (at + 1 >= text.n || !letter_at(text, at + 1, &ignored, &ignored))
		return false;
	switch (text.p[at]) {
	case '-':
	case '_':
	case '@':
		return true;
	case '.':
		/* "done.Then" are two sentences. */
		return !(text.p[at + 1] >= 'A' && text.p[at + 1] <= 'Z') ||
		       word->has_digit;
	case ':':
		return is_ascii_digit(text, at + 1);
	case ',':
		return is_between;
	case '/':
		return is_between || text.p[word->begin] == '/' ||
		       (is_ascii_digit(text, at + 1) &&
			str_eq_nocase(str_sub(text, word->begin, at - word->begin),
				      STR("http")));
	default:
		return false;
	}
}

/* "https://...": to where an address has to end. */
static size_t address_length(struct str text)
{
	size_t n = 0;

	while (n < text.n && ((text.p[n] | 0x20) >= 'a' && (text.p[n] | 0x20) <= 'z'))
		n++;
	if (n < 2 || !str_starts(str_sub(text, n, 3), STR("://")))
		return 0;
	while (n < text.n && (unsigned char)text.p[n] > ' ' &&
	       !memchr("\"<>()[]{}|`\\^", text.p[n], 14))
		n++;
	while (n && memchr(".,;:!?'", text.p[n - 1], 7))
		n--;
	return n;
}

static void take_word(struct str text, struct prose_word *out)
{
	size_t at = out->begin, n;

	if (text.p[at] == '/')
		at++;
	for (;;) {
		while ((n = letter_at(text, at, &out->has_digit, &out->is_ascii)) > 0)
			at += n;
		if (at >= text.n || at == out->begin || !joins(text, out, at))
			break;
		at++;
	}
	out->end = at;
}

bool word_next(struct str text, size_t from, struct prose_word *out)
{
	uint32_t cp;

	for (size_t at = from; at < text.n;) {
		size_t n, address = address_length(str_sub(text, at, text.n));
		bool ignored = false, is_path;

		*out = (struct prose_word){.begin = at, .is_ascii = true};
		if (address) {
			out->end = at + address;
			return true;
		}
		is_path = text.p[at] == '/' && at + 1 < text.n &&
			  letter_at(text, at + 1, &ignored, &ignored) &&
			  (at == 0 || memchr(" \n(\"'`[|=", text.p[at - 1], 9));
		if (is_path || letter_at(text, at, &ignored, &ignored)) {
			take_word(text, out);
			return true;
		}
		n = utf8_decode(str_sub(text, at, text.n), &cp);
		at += n ? n : 1;
	}
	return false;
}

static struct str text_of(struct str text, const struct prose_word *word)
{
	return str_sub(text, word->begin, word->end - word->begin);
}

static bool is_among(struct str word, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_nocase(word, str_from(words[i])))
			return true;
	return false;
}

/* The word before, on the same line with one blank between; empty. */
static struct str word_before(struct str text, size_t at)
{
	size_t end, begin;

	if (at < 2 || text.p[at - 1] != ' ')
		return (struct str){0};
	for (begin = end = at - 1; begin > 0 && (unsigned char)text.p[begin - 1] > ' ';)
		begin--;
	return str_sub(text, begin, end - begin);
}

/* "2." and "2)" at the start of a line. */
static bool is_list_number(struct str text, const struct prose_word *word)
{
	size_t at = word->begin;

	if (word->end >= text.n || (text.p[word->end] != '.' && text.p[word->end] != ')'))
		return false;
	if (word->end + 1 < text.n && text.p[word->end + 1] != ' ' &&
	    text.p[word->end + 1] != '\n')
		return false;
	while (at > 0 && (text.p[at - 1] == ' ' || text.p[at - 1] == '>'))
		at--;
	return at == 0 || text.p[at - 1] == '\n';
}

static bool is_ordinal(struct str word)
{
	static const char *const ends[] = {"st", "nd", "rd", "th"};
	int64_t n;

	return word.n > 2 && is_among(str_sub(word, word.n - 2, 2), ends, COUNT(ends)) &&
	       str_to_i64(str_sub(word, 0, word.n - 2), &n) && n >= 1 && n <= 20;
}

bool word_is_harmless(struct str text, const struct prose_word *word)
{
	static const char *const known[] = {
		"http/1.1", "http/2", "http/3", "http2", "ipv4",  "ipv6",  "k8s",
		"oauth2",   "utf-8",  "x64",	"x86",	 "amd64", "arm64", "sha256",
		"sha-256",  "base64", "a11y",	"i18n",	 "log4j", "s3",	   "ec2",
		"e2e",	    "p2s",    "s2s",	"b2b",	 "24/7",  "2fa",   "2xx",
		"3xx",	    "4xx",    "5xx",	"p50",	 "p90",	  "p95",   "p99",
	};
	static const char *const steps[] = {"step",  "steps", "option", "phase",
					    "point", "part",  "section"};
	static const char *const protocols[] = {"tls", "ssl", "oauth", "http"};
	struct str self = text_of(text, word);
	struct str before = word_before(text, word->begin);
	int64_t n;

	if (is_among(self, known, COUNT(known)) || is_ordinal(self))
		return true;
	if (self.n <= 3 && self.p[1 < self.n] == '.' &&
	    is_among(before, protocols, COUNT(protocols)))
		return true;
	if (!str_to_i64(self, &n) || n < 0)
		return false;
	return (n <= 20 && is_list_number(text, word)) ||
	       (n <= 20 && is_among(before, steps, COUNT(steps))) ||
	       (n == 365 && str_eq(before, STR("Microsoft")));
}

static bool any_part(struct str word, const char *const *words, size_t n)
{
	struct str rest = word, part;

	while (str_next(&rest, '-', &part))
		if (is_among(part, words, n))
			return true;
	return false;
}

bool word_is_compound(struct str word)
{
	static const char *const parts[] = {
		"on",	     "off",	"in",	    "out",	 "up",	     "down",
		"of",	     "to",	"by",	    "the",	 "a",	     "and",
		"or",	     "at",	"for",	    "from",	 "with",     "as",
		"so",	     "no",	"non",	    "re",	 "pre",	     "post",
		"co",	     "self",	"multi",    "cross",	 "auto",     "semi",
		"sub",	     "inter",	"intra",    "read",	 "write",    "only",
		"fail",	     "over",	"under",    "failover",	 "hand",     "long",
		"short",     "high",	"low",	    "real",	 "time",     "end",
		"start",     "well",	"known",    "built",	 "based",    "wide",
		"free",	     "first",	"second",   "third",	 "last",     "next",
		"left",	     "right",	"single",   "double",	 "per",	     "like",
		"full",	     "half",	"open",	    "closed",	 "resource", "user",
		"client",    "server",	"side",	    "load",	 "memory",   "disk",
		"node",	     "elastic", "health",   "data",	 "month",    "day",
		"year",	     "week",	"hour",	    "minute",	 "shut",     "clean",
		"back",	     "follow",	"log",	    "roll",	 "set",	     "sign",
		"time",	     "un",	"mid",	    "de",	 "ex",	     "vice",
		"versa",     "case",	"blind",    "stand",	 "check",    "look",
		"trade",     "one",	"two",	    "three",	 "four",     "five",
		"level",     "length",	"hit",	    "miss",	 "wise",     "aware",
		"ready",     "safe",	"related",  "specific",	 "managed",  "owned",
		"driven",    "created", "scaled",   "bound",	 "heavy",    "intensive",
		"hosted",    "facing",	"friendly", "consuming", "saving",   "tier",
		"redundant", "zone",	"term",
	};

	return any_part(word, parts, COUNT(parts));
}

static int humps(struct str word)
{
	int n = 0;

	for (size_t i = 0; i < word.n; i++)
		n += word.p[i] >= 'A' && word.p[i] <= 'Z' &&
		     (i == 0 || (word.p[i - 1] >= 'a' && word.p[i - 1] <= 'z'));
	return n;
}

bool word_looks_like_name(struct str word)
{
	/* Parts that names of resources have and sentences have not. */
	static const char *const parts[] = {
		"rg",	   "sql",     "db",	 "vm",	   "vmss",  "aks",   "kv",
		"st",	   "func",    "app",	 "appi",   "vnet",  "snet",  "nsg",
		"pip",	   "lb",      "agw",	 "fd",	   "tm",    "fog",   "rp",
		"rsv",	   "log",     "acr",	 "asp",	   "apim",  "redis", "cosmos",
		"sb",	   "evh",     "adf",	 "mi",	   "sp",    "prod",  "dev",
		"uat",	   "stg",     "staging", "weu",	   "neu",   "eus",   "wus",
		"api",	   "svc",     "cache",	 "worker", "queue", "web",   "frontend",
		"backend", "service",
	};
	static const char *const plain[] = {"e.g", "i.e", "a.m",  "p.m",
					    "etc", "vs",  "t-sql"};
	bool has_dot = false, has_mark = word.n && word.p[0] == '/';

	/* "Get-AzSqlDatabase" is a command, "sys.dm_exec_requests" a view of SQL's own. */
	if (is_among(word, plain, COUNT(plain)) || str_find(word, STR("-Az")) > 0 ||
	    str_starts(word, STR("sys.")))
		return false;
	for (size_t i = 0; i < word.n; i++) {
		has_dot |= word.p[i] == '.';
		has_mark |= word.p[i] == '_' || word.p[i] == '@' || word.p[i] == ':';
	}
	if (has_dot || has_mark || humps(word) >= 3)
		return true;
	return str_find_char(word, '-') > 0 && any_part(word, parts, COUNT(parts)) &&
	       !word_is_compound(word);
}

/* What is counted or measured. */
static bool is_counted(struct str word)
{
	static const char *const units[] = {
		"second",	"seconds",  "minute",	 "minutes",  "hour",
		"hours",	"day",	    "days",	 "week",     "weeks",
		"month",	"months",   "percent",	 "per",	     "euro",
		"euros",	"dollar",   "dollars",	 "bytes",    "gigabytes",
		"errors",	"requests", "agents",	 "jobs",     "nodes",
		"pods",		"vcores",   "databases", "machines", "alerts",
		"failures",	"times",    "restarts",	 "replicas", "lines",
		"certificates", "events",   "runs",
	};

	return is_among(word, units, COUNT(units));
}

bool word_is_number(struct str text, const struct prose_word *word)
{
	static const char *const always[] = {
		"zero",	 "hundred",  "hundreds", "thousand", "thousands", "million",
		"dozen", "millions", "dozens",	 "billion",  "billions",
	};
	static const char *const small[] = {
		"one",	   "two",	"three",     "four",	 "five",      "level",
		"length",  "hit",	"miss",	     "wise",	 "aware",     "ready",
		"safe",	   "related",	"specific",  "managed",	 "owned",     "driven",
		"created", "scaled",	"bound",     "heavy",	 "intensive", "hosted",
		"facing",  "friendly",	"consuming", "saving",	 "tier",      "redundant",
		"zone",	   "term",	"six",	     "seven",	 "eight",     "nine",
		"ten",	   "eleven",	"twelve",    "thirteen", "fourteen",  "fifteen",
		"sixteen", "seventeen", "eighteen",  "nineteen", "twenty",    "thirty",
		"forty",   "fifty",	"sixty",     "seventy",	 "eighty",    "ninety",
	};
	struct str self = text_of(text, word), first = self;
	struct prose_word next;

	(void)str_next(&(struct str){.p = self.p, .n = self.n}, '-', &first);
	if (is_among(first, always, COUNT(always)))
		return true;
	return is_among(first, small, COUNT(small)) &&
	       word_next(text, word->end, &next) && next.begin <= word->end + 1 &&
	       is_counted(text_of(text, &next));
}
