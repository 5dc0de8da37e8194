/* See audit_head.h. */
#include "act/audit_head.h"

#include "act/signed_line.h"
#include "base/timefmt.h"

void audit_head_format(struct strbuf *out, const struct merkle *tree, int64_t at_ms,
		       const struct signer *signer)
{
	struct merkle_hash root = merkle_root(tree);
	struct signature signature;

	strbuf_puts(out, "{\"n\":");
	strbuf_put_i64(out, (int64_t)tree->n, 1);
	strbuf_puts(out, ",\"at\":\"");
	time_format_iso(out, at_ms, true);
	strbuf_puts(out, "\",\"root\":\"");
	signed_line_put_hash(out, &root);
	strbuf_printf(out, "\",\"key\":\"%s\"}", signer->name.p);
	signature = signer_sign(signer, SIGN_AUDIT_HEAD, strbuf_str(out));
	signed_line_put_signature(out, &signature);
	strbuf_putc(out, '\n');
}

static bool read_members(struct str rest, struct audit_head *head)
{
	return signed_line_skip(&rest, STR("{\"n\":")) &&
	       signed_line_number(&rest, &head->n) &&
	       signed_line_skip(&rest, STR(",\"at\":\"")) &&
	       signed_line_time(&rest, &head->at_ms) &&
	       signed_line_skip(&rest, STR("\",\"root\":\"")) &&
	       signed_line_hash(&rest, &head->root) &&
	       signed_line_skip(&rest, STR("\",\"key\":\"")) &&
	       signed_line_word(&rest, SIGN_KEY_NAME_BYTES, &head->key) &&
	       str_eq(rest, STR("\"}"));
}

bool audit_head_parse(struct str file, struct audit_head *out)
{
	*out = (struct audit_head){0};
	return file.n > 1 && file.n <= AUDIT_HEAD_MAX && file.p[file.n - 1] == '\n' &&
	       signed_line_split(str_sub(file, 0, file.n - 1), &out->document,
				 &out->signature) &&
	       read_members(out->document, out);
}

const struct sign_key *audit_head_signer(const struct audit_head *head,
					 const struct sign_keys *keys)
{
	const struct sign_key *key = sign_keys_find(keys, head->key);

	return key && sign_key_verify(key, SIGN_AUDIT_HEAD, head->document,
				      &head->signature)
		       ? key
		       : NULL;
}

void audit_head_path(struct strbuf *out, const char *log_path)
{
	struct str path = str_from(log_path), ending = STR(".log");

	if (str_ends(path, ending))
		path = str_sub(path, 0, path.n - ending.n);
	strbuf_put(out, path);
	strbuf_puts(out, ".head");
}
