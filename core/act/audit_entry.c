/* See audit_entry.h. */
#include "act/audit_entry.h"

#include "act/audit_text.h"
#include "act/signed_line.h"
#include "base/json.h"
#include "base/timefmt.h"

enum { MOST_DOCUMENT_DEPTH = AUDIT_DEPTH_MAX + 8, SIGNATURE_ROOM = 128 };

static const char *const kinds[AUDIT_KINDS] = {
#define X(id, name, help) [AUDIT_##id] = name,
	AUDIT_KIND_LIST(X)
#undef X
};

static const struct json_limits limits = {
	.max_bytes = AUDIT_LINE_MAX,
	.max_depth = MOST_DOCUMENT_DEPTH,
};

const char *audit_kind_name(enum audit_kind kind)
{
	return kinds[kind];
}

bool audit_kind_find(struct str name, enum audit_kind *out)
{
	for (size_t i = 0; i < AUDIT_KINDS; i++) {
		if (!str_eq(name, str_from(kinds[i])))
			continue;
		*out = (enum audit_kind)i;
		return true;
	}
	return false;
}

static void put_document(struct strbuf *out, const struct audit_draft *draft,
			 const struct signer *signer)
{
	strbuf_puts(out, "{\"n\":");
	strbuf_put_i64(out, (int64_t)draft->n, 1);
	strbuf_puts(out, ",\"at\":\"");
	time_format_iso(out, draft->at_ms, true);
	strbuf_puts(out, "\",\"prev\":\"");
	signed_line_put_hash(out, &draft->prev);
	strbuf_printf(out, "\",\"kind\":\"%s\",\"by\":", kinds[draft->kind]);
	audit_text_put(out, draft->by);
	strbuf_puts(out, ",\"host\":");
	audit_text_put(out, draft->host);
	strbuf_printf(out, ",\"key\":\"%s\",\"about\":", signer->name.p);
	if (draft->about)
		audit_text_put_json(out, draft->about);
	else
		strbuf_puts(out, "{}");
	strbuf_putc(out, '}');
}

bool audit_entry_format(struct strbuf *out, const struct audit_draft *draft,
			const struct signer *signer, struct err *err)
{
	struct strbuf document;
	struct signature signature;
	bool ok;

	strbuf_init(&document, AUDIT_LINE_MAX - SIGNATURE_ROOM);
	put_document(&document, draft, signer);
	ok = !document.overflow;
	if (ok) {
		signature = signer_sign(signer, SIGN_AUDIT_ENTRY, strbuf_str(&document));
		strbuf_put(out, strbuf_str(&document));
		signed_line_put_signature(out, &signature);
	} else {
		err_set(err, ERR_TOO_LARGE,
			"an audit entry of kind %s is over %d KiB; say less in it",
			kinds[draft->kind], AUDIT_LINE_MAX >> 10);
	}
	strbuf_fini(&document);
	return ok;
}

/* A quoted JSON text, with its quotes. What is in it is looked at later. */
static bool quoted(struct str *rest, struct str *out)
{
	size_t n = 1;

	if (!rest->n || rest->p[0] != '"')
		return false;
	while (n < rest->n && rest->p[n] != '"')
		n += rest->p[n] == '\\' ? 2 : 1;
	if (n >= rest->n)
		return false;
	*out = str_sub(*rest, 0, n + 1);
	*rest = str_sub(*rest, n + 1, rest->n);
	return true;
}

static bool read_members(struct str rest, struct audit_entry *e)
{
	return signed_line_skip(&rest, STR("{\"n\":")) &&
	       signed_line_number(&rest, &e->n) &&
	       signed_line_skip(&rest, STR(",\"at\":\"")) &&
	       signed_line_time(&rest, &e->at_ms) &&
	       signed_line_skip(&rest, STR("\",\"prev\":\"")) &&
	       signed_line_hash(&rest, &e->prev) &&
	       signed_line_skip(&rest, STR("\",\"kind\":\"")) &&
	       signed_line_word(&rest, AUDIT_WORD_MAX, &e->kind) &&
	       signed_line_skip(&rest, STR("\",\"by\":")) && quoted(&rest, &e->by) &&
	       signed_line_skip(&rest, STR(",\"host\":")) && quoted(&rest, &e->host) &&
	       signed_line_skip(&rest, STR(",\"key\":\"")) &&
	       signed_line_word(&rest, SIGN_KEY_NAME_BYTES, &e->key) &&
	       signed_line_skip(&rest, STR("\",\"about\":")) && rest.n > 2 &&
	       rest.p[0] == '{' && rest.p[rest.n - 1] == '}' &&
	       ((e->about = str_sub(rest, 0, rest.n - 1)), true);
}

/* All of it is JSON as we print it. */
static bool is_canonical(struct str document)
{
	struct strbuf again;
	struct err ignored;
	cJSON *root = json_parse(document, &limits, NULL, &ignored);
	bool ok;

	if (!root)
		return false;
	strbuf_init(&again, document.n + 1);
	json_print(&again, root);
	ok = str_eq(strbuf_str(&again), document);
	strbuf_fini(&again);
	cJSON_Delete(root);
	return ok;
}

bool audit_entry_parse(struct str line, struct audit_entry *out)
{
	*out = (struct audit_entry){0};
	return line.n <= AUDIT_LINE_MAX &&
	       signed_line_split(line, &out->document, &out->signature) &&
	       read_members(out->document, out) && is_canonical(out->document);
}

bool audit_entry_is_signed(const struct audit_entry *entry, const struct sign_key *key)
{
	return sign_key_verify(key, SIGN_AUDIT_ENTRY, entry->document, &entry->signature);
}
