/* Request texts filled in for one call. What goes into a path comes from answers
 * of the network: it is encoded, and refused where it could change which path is
 * called. Thread: any (no state). */
#include "board/params.h"

#include "base/json.h"
#include "base/percent.h"
#include "base/timefmt.h"

/* Dot segments would be folded by the HTTP client into another path. */
static bool has_dot_segment(struct str s)
{
	struct str rest = s, part;

	while (str_next(&rest, '/', &part))
		if (str_eq(part, STR(".")) || str_eq(part, STR("..")))
			return true;
	return false;
}

static void put_inner(struct strbuf *out, struct str s)
{
	struct strbuf quoted;

	strbuf_init(&quoted, s.n * 6 + 2);
	json_print_text(&quoted, s);
	if (quoted.n >= 2)
		strbuf_put(out, str_sub(strbuf_str(&quoted), 1, quoted.n - 2));
	strbuf_fini(&quoted);
}

/* A text or a number as plain text; anything else has no place in one. */
static bool value_text(const struct query_value *v, struct strbuf *out)
{
	if (v->type == QUERY_STRING)
		strbuf_put(out, v->text);
	else if (v->type == QUERY_NUMBER)
		json_print_number(out, v->number);
	else if (v->type == QUERY_BOOL)
		strbuf_puts(out, v->boolean ? "true" : "false");
	else
		return false;
	return true;
}

static bool put_path_value(const struct param_piece *piece, struct str text,
			   struct strbuf *out, struct err *err)
{
	if (!text.n)
		return err_set(err, ERR_SERVICE, "parameter {%.*s} is empty",
			       STR_ARG(piece->text));
	if (has_dot_segment(text))
		return err_set(err, ERR_REFUSED, "parameter {%.*s} has a dot segment",
			       STR_ARG(piece->text));
	percent_encode_path(out, text);
	return true;
}

static bool put_query(const struct param_piece *piece, const cJSON *scope,
		      const struct query_env *env, struct strbuf *out, struct err *err)
{
	struct query_error qe = {0};
	struct query_value v;
	struct strbuf text;
	bool ok;

	if (!query_eval(piece->query, scope, env, &v, &qe))
		return err_set(err, ERR_PARSE, "parameter {%.*s}: %s",
			       STR_ARG(piece->text), qe.text);
	if (piece->style == PARAM_JSON) {
		query_print(out, &v);
		return true;
	}
	strbuf_init(&text, 64 * 1024);
	ok = value_text(&v, &text);
	if (!ok || text.overflow)
		ok = err_set(err, ERR_SERVICE, "parameter {%.*s} is %s",
			     STR_ARG(piece->text),
			     v.type == QUERY_NULL ? "null" : "no text");
	else if (piece->style == PARAM_PATH)
		ok = put_path_value(piece, strbuf_str(&text), out, err);
	else
		put_inner(out, strbuf_str(&text));
	strbuf_fini(&text);
	return ok;
}

static void put_time(const struct param_piece *piece, int64_t now_ms, struct strbuf *out)
{
	int64_t ms = time_param_ms(&piece->time, now_ms);
	bool is_json = piece->style == PARAM_JSON;

	if (piece->time.form == TIME_UNIX) {
		strbuf_printf(out, "%lld", (long long)(ms / 1000));
		return;
	}
	if (is_json)
		strbuf_putc(out, '"');
	if (piece->time.form == TIME_DATE) {
		struct utc u = utc_from_ms(ms);

		strbuf_printf(out, "%04d-%02d-%02d", u.year, u.month, u.day);
	} else {
		time_format_iso(out, ms, false);
	}
	if (is_json)
		strbuf_putc(out, '"');
}

bool param_expand(const struct param_text *text, const cJSON *scope, int64_t now_ms,
		  struct strbuf *out, struct err *err)
{
	struct arena scratch;
	struct query_env env = {.now_ms = now_ms, .arena = &scratch};
	bool ok = true;

	arena_init(&scratch);
	for (size_t i = 0; ok && i < text->n; i++) {
		const struct param_piece *piece = &text->pieces[i];

		if (piece->kind == PARAM_TEXT)
			strbuf_put(out, piece->text);
		else if (piece->kind == PARAM_TIME)
			put_time(piece, now_ms, out);
		else
			ok = put_query(piece, scope, &env, out, err);
	}
	if (ok && out->overflow)
		ok = err_set(err, ERR_TOO_LARGE, "the request is longer than %zu bytes",
			     out->max);
	arena_fini(&scratch);
	return ok;
}
