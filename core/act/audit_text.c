/* See audit_text.h. */
#include "act/audit_text.h"

#include "act/sign_key.h"
#include "base/json.h"
#include "base/sanitize.h"
#include "net/redact.h"
#include "net/redact_opaque.h"

/* Texts grow when what cannot be drawn is made visible, and when it is hidden. */
enum { ROOM = 8 * AUDIT_TEXT_MAX };

static bool is_public_key(struct str text)
{
	struct sign_key key;
	struct err ignored;

	return sign_key_parse(text, &key, &ignored);
}

static bool ends_url(char c)
{
	return c == ' ' || c == '\n' || c == '"' || c == '\'' || c == '<' || c == '>';
}

/* Credentials before a host and short parameters are only known for secrets within an
 * address. */
static void redact_urls(struct strbuf *out, struct str text)
{
	while (text.n) {
		size_t n = 0;

		if (str_starts_nocase(text, STR("http")) ||
		    str_starts_nocase(text, STR("ftp")))
			n = url_scheme_bytes(str_sub(text, 0, 9));
		if (!n) {
			strbuf_putc(out, *text.p);
			text = str_sub(text, 1, text.n);
			continue;
		}
		while (n < text.n && !ends_url(text.p[n]))
			n++;
		redact_url(out, str_sub(text, 0, n));
		text = str_sub(text, n, text.n);
	}
}

static void put_clean(struct strbuf *out, struct str text)
{
	void (*const passes[])(struct strbuf *, struct str) = {sanitize_text, redact_urls,
							       redact_text,
							       redact_opaque};
	struct strbuf from, to, other;

	strbuf_init(&from, ROOM);
	strbuf_init(&to, ROOM);
	strbuf_put(&from, text);
	for (size_t i = 0; i < sizeof(passes) / sizeof(*passes); i++) {
		strbuf_reset(&to);
		passes[i](&to, strbuf_str(&from));
		other = from;
		from = to;
		to = other;
	}
	json_print_text(out, strbuf_str(&from));
	strbuf_fini(&from);
	strbuf_fini(&to);
}

void audit_text_put(struct strbuf *out, struct str text)
{
	if (is_public_key(text)) {
		json_print_text(out, text);
	} else if (text.n <= AUDIT_TEXT_MAX) {
		put_clean(out, text);
	} else {
		struct strbuf cut;

		strbuf_init(&cut, AUDIT_TEXT_MAX + 64);
		strbuf_put(&cut, str_sub(text, 0, AUDIT_TEXT_MAX));
		strbuf_printf(&cut, " (%zu bytes more)", text.n - AUDIT_TEXT_MAX);
		put_clean(out, strbuf_str(&cut));
		strbuf_fini(&cut);
	}
}

static void put_value(struct strbuf *out, const cJSON *value, int depth);

static void put_items(struct strbuf *out, const cJSON *value, int depth)
{
	bool is_object = cJSON_IsObject(value);
	const cJSON *item;

	strbuf_putc(out, is_object ? '{' : '[');
	cJSON_ArrayForEach (item, value) {
		if (is_object) {
			audit_text_put(out, str_from(item->string));
			strbuf_putc(out, ':');
		}
		if (is_object && !cJSON_IsNull(item) && !cJSON_IsBool(item) &&
		    redact_is_secret_member(str_from(item->string)))
			strbuf_puts(out, "\"***\"");
		else
			put_value(out, item, depth + 1);
		if (item->next)
			strbuf_putc(out, ',');
	}
	strbuf_putc(out, is_object ? '}' : ']');
}

static void put_value(struct strbuf *out, const cJSON *value, int depth)
{
	if (cJSON_IsString(value) || cJSON_IsRaw(value))
		audit_text_put(out, str_from(value->valuestring));
	else if ((cJSON_IsObject(value) || cJSON_IsArray(value)) &&
		 depth >= AUDIT_DEPTH_MAX)
		strbuf_puts(out, "\"(left out: too deep)\"");
	else if (cJSON_IsObject(value) || cJSON_IsArray(value))
		put_items(out, value, depth);
	else
		json_print(out, value);
}

void audit_text_put_json(struct strbuf *out, const cJSON *value)
{
	put_value(out, value, 0);
}
