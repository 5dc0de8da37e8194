/* The record of an answer, out and in. What is read back was kept by us, but a file is a
 * file: its texts are cleaned and its numbers held to what they may be. */
#include <math.h>
#include <stdio.h>

#include "answer/answer.h"
#include "base/json.h"
#include "base/sanitize.h"
#include "base/timefmt.h"
#include "base/utf8.h"

enum { RECORD_MOST = 4 << 20, RECORD_DEPTH = 8, TEXT_MOST = 16 << 10 };

static const char *claim_word(enum claim_kind kind)
{
	static const char *const words[CLAIM_KINDS] = {
#define X(id, letter, word) word,
		CLAIM_KIND_LIST(X)
#undef X
	};

	return words[kind];
}

static void put_name(struct strbuf *out, const char *name)
{
	json_print_text(out, str_from(name));
	strbuf_putc(out, ':');
}

static void put_text(struct strbuf *out, const char *name, const char *text)
{
	put_name(out, name);
	json_print_text(out, str_from(text));
}

/* "," and the member; the first member of each object is written by hand. */
static void more_text(struct strbuf *out, const char *name, const char *text)
{
	strbuf_putc(out, ',');
	put_text(out, name, text);
}

static void more_flag(struct strbuf *out, const char *name, bool value)
{
	strbuf_printf(out, ",\"%s\":%s", name, value ? "true" : "false");
}

static void more_number(struct strbuf *out, const char *name, double value)
{
	strbuf_putc(out, ',');
	put_name(out, name);
	if (isfinite(value))
		json_print_number(out, value);
	else
		strbuf_puts(out, "null");
}

static void put_value(struct strbuf *out, const struct claim *claim)
{
	double number;

	strbuf_putc(out, ',');
	put_name(out, "value");
	if (claim->is_unknown)
		strbuf_puts(out, "null");
	else if (claim->is_number && str_to_f64(str_from(claim->value), &number) &&
		 isfinite(number))
		json_print_number(out, number);
	else
		json_print_text(out, str_from(claim->value));
}

static void put_claim(struct strbuf *out, const struct claim *claim)
{
	strbuf_putc(out, '{');
	put_text(out, "text", claim->text);
	more_text(out, claim_word(claim->kind), claim->ref);
	put_value(out, claim);
	strbuf_printf(out,
		      ",\"version\":%llu,\"as_of\":", (unsigned long long)claim->version);
	if (claim->as_of_ms) {
		strbuf_putc(out, '"');
		time_format_iso(out, claim->as_of_ms, claim->as_of_ms % 1000 != 0);
		strbuf_putc(out, '"');
	} else {
		strbuf_puts(out, "null");
	}
	more_flag(out, "stale", claim->is_stale);
	more_flag(out, "unknown", claim->is_unknown);
	more_text(out, "board", claim->board);
	more_text(out, "key", claim->key);
	strbuf_printf(out, ",\"begin\":%zu,\"end\":%zu}", claim->begin, claim->end);
}

static void more_texts(struct strbuf *out, const char *name, char *const *texts, size_t n)
{
	strbuf_putc(out, ',');
	put_name(out, name);
	strbuf_putc(out, '[');
	for (size_t i = 0; i < n; i++) {
		if (i)
			strbuf_putc(out, ',');
		json_print_text(out, str_from(texts[i]));
	}
	strbuf_putc(out, ']');
}

static void put_says(struct strbuf *out, const struct answer *a)
{
	const char *between = "";

	strbuf_puts(out, ",\"says\":[");
	for (int i = 0; i < SAYS_CODES; i++)
		if (answer_has_said(a, i)) {
			strbuf_puts(out, between);
			json_print_text(out, str_from(says_code(i)));
			between = ",";
		}
	strbuf_putc(out, ']');
}

static void put_route(struct strbuf *out, const struct answer *a)
{
	strbuf_puts(out, ",\"route\":{");
	put_text(out, "name", a->route);
	more_text(out, "model", a->model);
	more_text(out, "why", a->why);
	more_flag(out, "guide", a->is_guide);
	more_number(out, "tokens_in", a->tokens_in < 0 ? NAN : (double)a->tokens_in);
	more_number(out, "tokens_out", a->tokens_out < 0 ? NAN : (double)a->tokens_out);
	more_number(out, "money", a->money);
	if (a->currency[0])
		more_text(out, "currency", a->currency);
	strbuf_putc(out, '}');
}

void answer_json(const struct answer *a, struct strbuf *out)
{
	strbuf_putc(out, '{');
	put_text(out, "type", answer_type_name(a->type));
	strbuf_puts(out, ",\"claims\":[");
	for (size_t i = 0; i < a->n_claims; i++) {
		if (i)
			strbuf_putc(out, ',');
		put_claim(out, &a->claims[i]);
	}
	strbuf_putc(out, ']');
	more_texts(out, "proposals", a->proposals, a->n_proposals);
	more_texts(out, "asks", a->asks, a->n_asks);
	more_texts(out, "unknowns", a->unknowns, a->n_unknowns);
	more_texts(out, "follow_ups", a->follow_ups, a->n_follow_ups);
	put_says(out, a);
	put_route(out, a);
	strbuf_putc(out, ',');
	put_name(out, "prose");
	json_print_text(out, strbuf_str(&a->prose));
	strbuf_puts(out, ",\"struck\":[");
	for (size_t i = 0; i < a->n_struck; i++) {
		strbuf_puts(out, i ? ",{" : "{");
		put_text(out, "text", a->struck[i].text);
		more_text(out, "why", a->struck[i].why);
		strbuf_putc(out, '}');
	}
	strbuf_puts(out, "]}");
}

/* A member's text, clean, in a buffer that is used for one after the other; "" when there
 * is none. */
static struct str clean(const cJSON *object, const char *name, struct strbuf *buf)
{
	const char *text = json_text(object, name);

	strbuf_reset(buf);
	if (text)
		sanitize_line(buf, str_from(text));
	return strbuf_str(buf);
}

static void read_fixed(const cJSON *object, const char *name, char *out, size_t size,
		       struct strbuf *buf)
{
	struct str text = str_sub(clean(object, name, buf), 0, size - 1);

	/* Not in the middle of a character. */
	while (text.n == size - 1 && text.n && !utf8_is_valid(text))
		text.n--;
	snprintf(out, size, "%.*s", STR_ARG(text));
}

/* A count that is no whole number, or is past what a double counts, is the fallback. */
static int64_t read_count(const cJSON *object, const char *name, int64_t fallback)
{
	double number;

	if (!json_number(object, name, &number) || !(number >= 0) ||
	    number > JSON_LAST_EXACT || number != floor(number))
		return fallback;
	return (int64_t)number;
}

static void read_value(struct claim *claim, const cJSON *item, struct strbuf *buf)
{
	const cJSON *value = json_member(item, "value");

	if (cJSON_IsNumber(value)) {
		strbuf_reset(buf);
		json_print_number(buf, value->valuedouble);
		claim_set(&claim->value, strbuf_str(buf));
		claim->is_number = true;
	} else {
		claim_set(&claim->value, clean(item, "value", buf));
	}
	claim->is_unknown = cJSON_IsNull(value);
}

static void read_claim(struct answer *a, const cJSON *item, struct strbuf *buf)
{
	struct claim *claim = NULL;

	for (int kind = 0; kind < CLAIM_KINDS && !claim; kind++)
		if (json_text(item, claim_word(kind)))
			claim = answer_claim(a, kind, clean(item, claim_word(kind), buf));
	if (!claim)
		return;
	claim_set(&claim->text, clean(item, "text", buf));
	read_value(claim, item, buf);
	claim_set(&claim->board, clean(item, "board", buf));
	claim_set(&claim->key, clean(item, "key", buf));
	claim->version = (uint64_t)read_count(item, "version", 0);
	if (!time_parse(clean(item, "as_of", buf), &claim->as_of_ms))
		claim->as_of_ms = 0;
	claim->is_stale = json_bool(item, "stale", false);
	claim->begin = (size_t)read_count(item, "begin", 0);
	claim->end = (size_t)read_count(item, "end", 0);
	if (claim->begin > claim->end || claim->end > a->prose.n)
		claim->begin = claim->end = 0;
}

static void read_texts(struct answer *a, const cJSON *root, const char *name,
		       void (*put)(struct answer *a, const char *text),
		       struct strbuf *buf)
{
	const cJSON *item;

	cJSON_ArrayForEach (item, json_member(root, name)) {
		strbuf_reset(buf);
		if (cJSON_IsString(item)) {
			sanitize_line(buf, str_from(item->valuestring));
			put(a, buf->p);
		}
	}
}

static void read_lists(struct answer *a, const cJSON *root, struct strbuf *buf)
{
	const cJSON *item;
	enum says says;

	cJSON_ArrayForEach (item, json_member(root, "claims"))
		read_claim(a, item, buf);
	cJSON_ArrayForEach (item, json_member(root, "struck")) {
		char why[160];

		read_fixed(item, "why", why, sizeof(why), buf);
		answer_strike(a, clean(item, "text", buf), why);
	}
	cJSON_ArrayForEach (item, json_member(root, "says")) {
		if (cJSON_IsString(item) && says_find(str_from(item->valuestring), &says))
			answer_says(a, says);
	}
	read_texts(a, root, "proposals", answer_propose, buf);
	read_texts(a, root, "asks", answer_ask, buf);
	read_texts(a, root, "unknowns", answer_unknown, buf);
	read_texts(a, root, "follow_ups", answer_follow_up, buf);
}

static void read_route(struct answer *a, const cJSON *route, struct strbuf *buf)
{
	read_fixed(route, "name", a->route, sizeof(a->route), buf);
	read_fixed(route, "model", a->model, sizeof(a->model), buf);
	read_fixed(route, "why", a->why, sizeof(a->why), buf);
	a->is_guide = json_bool(route, "guide", false);
	a->tokens_in = read_count(route, "tokens_in", -1);
	a->tokens_out = read_count(route, "tokens_out", -1);
	if (!json_number(route, "money", &a->money) || !isfinite(a->money))
		a->money = NAN;
	read_fixed(route, "currency", a->currency, sizeof(a->currency), buf);
}

bool answer_from_json(struct answer *a, struct str json)
{
	static const struct json_limits limits = {.max_bytes = RECORD_MOST,
						  .max_depth = RECORD_DEPTH};
	struct err err;
	cJSON *root = json_parse(json, &limits, NULL, &err);
	const char *prose = root ? json_text(root, "prose") : NULL;
	const char *type = root ? json_text(root, "type") : NULL;
	bool is_one = prose && type && answer_type_find(str_from(type), &a->type);
	struct strbuf buf;

	if (is_one) {
		strbuf_init(&buf, TEXT_MOST);
		/* First, because claims point into it. */
		sanitize_text(&a->prose, str_from(prose));
		read_lists(a, root, &buf);
		read_route(a, json_member(root, "route"), &buf);
		strbuf_fini(&buf);
	}
	cJSON_Delete(root);
	return is_one;
}
