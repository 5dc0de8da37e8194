/* Compiles the {parameters} of paths and bodies into pieces. In a body the JSON
 * itself is fixed: only texts hold parameters, so no value can change its shape.
 * Thread: any; one reader at a time. */
#include "base/json.h"
#include "board/def_read.h"

struct compiling {
	struct def_reader *r;
	const char *key;
	struct strbuf literal; /* since the last parameter */
	VEC(struct param_piece) pieces;
};

static void flush(struct compiling *c)
{
	if (!c->literal.n)
		return;
	vec_push(&c->pieces,
		 (struct param_piece){
			 .kind = PARAM_TEXT,
			 .text = arena_str(c->r->arena, strbuf_str(&c->literal)),
		 });
	strbuf_reset(&c->literal);
}

static const struct param_text *finish(struct compiling *c)
{
	struct param_text *text = arena_calloc(c->r->arena, 1, sizeof(*text));
	struct param_piece *pieces;

	flush(c);
	pieces = arena_calloc(c->r->arena, c->pieces.n + 1, sizeof(*pieces));
	for (size_t i = 0; i < c->pieces.n; i++)
		pieces[i] = c->pieces.p[i];
	*text = (struct param_text){.pieces = pieces, .n = c->pieces.n};
	vec_fini(&c->pieces);
	strbuf_fini(&c->literal);
	return text;
}

/* Bytes up to the brace that closes the parameter, or -1. Braces of the
 * expression itself and quoted ones are stepped over. */
static ptrdiff_t param_end(struct str s)
{
	int depth = 0;
	char quote = '\0';

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (quote && c == '\\')
			i++;
		else if (quote)
			quote = c == quote ? '\0' : quote;
		else if (c == '\'' || c == '"' || c == '`')
			quote = c;
		else if (c == '{')
			depth++;
		else if (c == '}' && depth-- == 0)
			return (ptrdiff_t)i;
	}
	return -1;
}

static void add_param(struct compiling *c, struct str source, enum param_style style)
{
	struct param_piece piece = {
		.style = style,
		.text = arena_str(c->r->arena, source),
	};

	flush(c);
	if (source.n && source.p[0] == '@' && source.n > 1 && source.p[1] != '.') {
		piece.kind = PARAM_TIME;
		if (!time_param_parse(source, &piece.time))
			def_fail(c->r, c->key, "{%.*s} is no time such as {@now-30m}",
				 STR_ARG(source));
	} else {
		piece.kind = PARAM_QUERY;
		piece.query = def_compile(c->r, c->key, source);
	}
	vec_push(&c->pieces, piece);
}

static void put_literal(struct compiling *c, char ch, enum param_style style)
{
	static const char bad[] = " \"<>\\^`|";
	bool encode = style == PARAM_PATH &&
		      ((unsigned char)ch <= ' ' || ch & 0x80 || strchr(bad, ch));

	if (encode) {
		strbuf_printf(&c->literal, "%%%02X", (unsigned char)ch);
	} else if (style == PARAM_INNER && (unsigned char)ch < ' ') {
		strbuf_printf(&c->literal, "\\u%04x", (unsigned)ch);
	} else if (style == PARAM_INNER && (ch == '"' || ch == '\\')) {
		strbuf_printf(&c->literal, "\\%c", ch);
	} else {
		strbuf_putc(&c->literal, ch);
	}
}

/* {{ and }} stand for braces. */
static void add_text(struct compiling *c, struct str s, enum param_style style)
{
	for (size_t i = 0; i < s.n && !c->r->failed; i++) {
		bool is_double = i + 1 < s.n && s.p[i + 1] == s.p[i];
		ptrdiff_t end;

		if (s.p[i] != '{' && s.p[i] != '}') {
			put_literal(c, s.p[i], style);
			continue;
		}
		if (is_double) {
			put_literal(c, s.p[i++], style);
			continue;
		}
		end = s.p[i] == '{' ? param_end(str_sub(s, i + 1, s.n)) : -1;
		if (end <= 0) {
			def_fail(c->r, c->key,
				 "a lone brace; write it twice to mean itself");
			return;
		}
		add_param(c, str_sub(s, i + 1, (size_t)end), style);
		i += (size_t)end + 1;
	}
}

static bool is_one_param(struct str s)
{
	return s.n > 2 && s.p[0] == '{' && s.p[1] != '{' &&
	       param_end(str_sub(s, 1, s.n)) == (ptrdiff_t)s.n - 2;
}

static void add_body_text(struct compiling *c, struct str s)
{
	if (is_one_param(s)) {
		add_param(c, str_sub(s, 1, s.n - 2), PARAM_JSON);
		return;
	}
	strbuf_putc(&c->literal, '"');
	add_text(c, s, PARAM_INNER);
	strbuf_putc(&c->literal, '"');
}

static void add_json(struct compiling *c, const cJSON *value)
{
	bool is_object = cJSON_IsObject(value);
	const cJSON *at;

	if (cJSON_IsString(value)) {
		add_body_text(c, str_from(value->valuestring));
		return;
	}
	if (!is_object && !cJSON_IsArray(value)) {
		json_print(&c->literal, value);
		return;
	}
	strbuf_putc(&c->literal, is_object ? '{' : '[');
	cJSON_ArrayForEach (at, value) {
		if (at != value->child)
			strbuf_putc(&c->literal, ',');
		if (is_object) {
			json_print_text(&c->literal, str_from(at->string));
			strbuf_putc(&c->literal, ':');
		}
		add_json(c, at);
	}
	strbuf_putc(&c->literal, is_object ? '}' : ']');
}

static struct compiling start(struct def_reader *r, const char *key)
{
	struct compiling c = {.r = r, .key = key};

	strbuf_init(&c.literal, 256 * 1024);
	return c;
}

const struct param_text *def_params_path(struct def_reader *r, const char *key,
					 struct str text)
{
	struct compiling c = start(r, key);

	add_text(&c, text, PARAM_PATH);
	return finish(&c);
}

const struct param_text *def_params_body(struct def_reader *r, const char *key,
					 const cJSON *value)
{
	struct compiling c = start(r, key);

	add_json(&c, value);
	return finish(&c);
}
