/* What a text tries by its shape rather than its words; see leash_part.h. Logs may be
 * coloured, and pages may have been pasted with a hidden blank in them: it takes more. */
#include "ai/leash_part.h"

#include "base/count.h"
#include "base/utf8.h"

enum { HIDDEN_LEAST = 2, SHOTS_LEAST = 3, CITATION_MOST = 240, SPEAKER_MOST = 12 };

/* How texts for models mark who speaks, escapes of terminals written out, and orders in
 * languages that put no blanks between words. */
static const struct {
	const char *text, *what;
} tokens[] = {
#define ROLE "gives a model another role"
	{"<|im_start|>", ROLE},
	{"<|im_end|>", ROLE},
	{"<|system|>", ROLE},
	{"<|assistant|>", ROLE},
	{"<|user|>", ROLE},
	{"<|start_header_id|>", ROLE},
	{"<|endoftext|>", ROLE},
	{"<|eot_id|>", ROLE},
	{"[inst]", ROLE},
	{"[/inst]", ROLE},
	{"<<sys>>", ROLE},
	{"</s><s>", ROLE},
	{"<start_of_turn>", ROLE},
	{"[system](#", ROLE},
	{"<system>", ROLE},
	{"</system>", ROLE},
	{"### system", ROLE},
	{"### instruction", ROLE},
	{"\"role\":\"system\"", ROLE},
	{"\"role\": \"system\"", ROLE},
	{"\"role\":\"assistant\"", ROLE},
	{"\"role\": \"assistant\"", ROLE},
#undef ROLE
#define FENCE "pretends that the quotation ends"
	{"<<end", FENCE},
	{"<< end", FENCE},
	{"</data>", FENCE},
	{"</untrusted", FENCE},
	{"</evidence>", FENCE},
	{"</context>", FENCE},
	{"</document>", FENCE},
	{"</tool", FENCE},
	{"[/data]", FENCE},
	{"[end of data", FENCE},
	{"--- end of data", FENCE},
	{"---end of data", FENCE},
	{"=== end of data", FENCE},
	{"===end", FENCE},
	{"### end of", FENCE},
	{"--- end of log", FENCE},
	{"--- end of evidence", FENCE},
	{"--- end of context", FENCE},
	{"--- end untrusted", FENCE},
	{"\"\"\"end", FENCE},
#undef FENCE
#define TOOL "pretends to be the answer of a tool"
	{"\"role\":\"tool\"", TOOL},
	{"\"role\": \"tool\"", TOOL},
	{"\"tool_call_id\"", TOOL},
	{"\"tool_calls\"", TOOL},
	{"<tool_response>", TOOL},
	{"<tool_result", TOOL},
	{"<tool_call>", TOOL},
	{"<function_results>", TOOL},
	{"<function_call", TOOL},
	{"[tool_results]", TOOL},
	{"[tool result", TOOL},
	{"[tool:", TOOL},
	{"propose_action", TOOL},
	{"query_board", TOOL},
	{"read_fields", TOOL},
	{"list_boards", TOOL},
	{"search_runbooks", TOOL},
#undef TOOL
#define TERMINAL "writes to the terminal or the clipboard"
	{"]52;", TERMINAL},
	{"\\x1b]", TERMINAL},
	{"\\033]", TERMINAL},
	{"\\e]", TERMINAL},
	{"\\u001b]", TERMINAL},
	{"\\u009d", TERMINAL},
	{"\033]", TERMINAL},
	{"\033P", TERMINAL},
	{"\033_", TERMINAL},
	{"\033^", TERMINAL},
	{"\xc2\x9d", TERMINAL},
	{"\xc2\x90", TERMINAL},
#undef TERMINAL
#define FOREIGN "asks to ignore what was said"
	{"忽略之前", FOREIGN},
	{"不要遵守", FOREIGN},
	{"不要遵循", FOREIGN},
	{"忽略以上", FOREIGN},
	{"忽略先前", FOREIGN},
	{"忽略所有", FOREIGN},
	{"忽略前面", FOREIGN},
	{"无视之前", FOREIGN},
	{"忽略上述", FOREIGN},
	{"指示を無視", FOREIGN},
	{"指示をすべて無視", FOREIGN},
	{"命令を無視", FOREIGN},
	{"以前の指示", FOREIGN},
	{"이전 지시", FOREIGN},
	{"지시를 무시", FOREIGN},
	{"निर्देशों को अनदेखा", FOREIGN},
	{"निर्देशों को नज़रअंदाज़", FOREIGN},
#undef FOREIGN
};

static unsigned char small(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/* One pass: few characters begin a token. */
static const char *token(struct str text)
{
	bool begins[256] = {false};

	for (size_t i = 0; i < COUNT(tokens); i++)
		begins[(unsigned char)tokens[i].text[0]] = true;
	for (size_t at = 0; at < text.n; at++) {
		if (!begins[small(text.p[at])])
			continue;
		for (size_t i = 0; i < COUNT(tokens); i++) {
			const char *begin = tokens[i].text;

			if (small(text.p[at]) == small(begin[0]) && at + 1 < text.n &&
			    small(text.p[at + 1]) == small(begin[1]) &&
			    str_starts_nocase(str_sub(text, at, text.n),
					      str_from(tokens[i].text)))
				return tokens[i].what;
		}
	}
	return NULL;
}

static bool is_turning(uint32_t cp)
{
	return (cp >= 0x202a && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069);
}

static bool is_zero_width(uint32_t cp)
{
	return (cp >= 0x200b && cp <= 0x200d) || cp == 0x2060 || cp == 0xfeff ||
	       cp == 0xad || cp == 0x180e || (cp >= 0x2061 && cp <= 0x2064);
}

static bool is_ascii_letter(uint32_t cp)
{
	return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
}

/* Of one word, letters of two scripts that look alike. */
struct mix {
	bool has_latin, has_like;
};

static bool is_mixed(struct mix *mix, uint32_t cp)
{
	uint32_t folded = cp < 0x80 ? cp : leash_fold_letter(cp);

	if (is_ascii_letter(cp))
		mix->has_latin = true;
	else if (cp >= 0x370 && cp <= 0x58f && is_ascii_letter(folded))
		mix->has_like = true;
	else if (!is_zero_width(cp))
		*mix = (struct mix){0};
	return mix->has_latin && mix->has_like;
}

/* A unit before a letter is Greek, and so are the letters of formulas. */
enum { MIXED_LEAST = 2 };

static const char *hidden(struct str text)
{
	size_t between = 0, mixed = 0, n;
	uint32_t cp, before = 0;
	struct mix mix = {0};
	bool was_mixed = false;

	for (; (n = utf8_decode(text, &cp)) > 0; text = str_sub(text, n, text.n)) {
		bool is = is_mixed(&mix, cp);

		mixed += is && !was_mixed;
		was_mixed = is;
		if (is_turning(cp))
			return "hides words by turning them round";
		/* Flags of England and its neighbours are spelled with these. */
		if (cp >= 0xe0000 && cp <= 0xe0fff && before < 0xe0000 &&
		    before != 0x1f3f4)
			return "hides words in characters that are not seen";
		between += is_zero_width(cp) && is_ascii_letter(before);
		before = cp;
	}
	if (between >= HIDDEN_LEAST)
		return "hides words in characters that are not seen";
	return mixed >= MIXED_LEAST ? "hides words in letters of another script" : NULL;
}

static bool is_cited(struct str inside)
{
	static const char kinds[] = "SLRACD";
	struct str rest = str_sub(inside, 2, inside.n);

	if (inside.n < 5 || inside.p[1] != ':' || !strchr(kinds, inside.p[0]))
		return false;
	if (rest.p[0] == '\\' || rest.p[0] == '/' || rest.p[0] == ' ')
		return false;
	if (inside.p[0] == 'S')
		return str_find_char(rest, '.') > 0;
	if (inside.p[0] == 'R')
		return str_find_char(rest, '#') > 0;
	return str_find_char(rest, ' ') < 0 && str_find_char(rest, '\\') < 0;
}

/* The brackets within which a path names its row may stand within a citation's. */
static const char *citation(struct str text)
{
	ptrdiff_t open;

	while ((open = str_find_char(text, '[')) >= 0) {
		struct str inside;
		ptrdiff_t end;

		text = str_sub(text, (size_t)open + 1, text.n);
		inside = str_sub(text, 0, CITATION_MOST);
		end = str_find_char(inside, ']');
		if (end > 0 && is_cited(str_sub(inside, 0, (size_t)end)))
			return "brings a citation of its own";
		if (end > 0 && str_starts(inside, STR("S:")) &&
		    str_find(inside, STR("].")) > 0)
			return "brings a citation of its own";
	}
	return NULL;
}

/* The letters in front of a place: who speaks there. */
static struct str speaker(struct str text, size_t at)
{
	size_t begin = at;

	while (begin > 0 && at - begin <= SPEAKER_MOST &&
	       is_ascii_letter((unsigned char)text.p[begin - 1]))
		begin--;
	return str_sub(text, begin, at - begin);
}

static bool is_one_of(struct str name, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (str_eq_nocase(name, str_from(names[i])))
			return true;
	}
	return false;
}

/* A made-up talk, so that a model goes on with it. One turn is enough where it is an
 * assistant's. */
static const char *many_shots(struct str text)
{
	static const char *const asks[] = {"user", "human", "question", "q", "engineer"};
	static const char *const answers[] = {"assistant", "ai",    "answer",
					      "a",	   "model", "bot"};
	size_t asked = 0, answered = 0, spoken = 0;

	for (size_t at = 0; at < text.n; at++) {
		struct str name;

		if (text.p[at] != ':')
			continue;
		name = speaker(text, at);
		asked += is_one_of(name, asks, COUNT(asks));
		answered += is_one_of(name, answers, COUNT(answers));
		spoken += str_eq_nocase(name, STR("assistant"));
	}
	return (asked && spoken) || (asked >= SHOTS_LEAST && answered >= SHOTS_LEAST)
		       ? "plays a talk for a model to go on with"
		       : NULL;
}

const char *leash_shape(struct str text)
{
	const char *what = token(text);

	if (!what)
		what = hidden(text);
	if (!what)
		what = citation(text);
	if (!what)
		what = many_shots(text);
	return what ? what : leash_link(text);
}
