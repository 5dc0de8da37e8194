/* What reads an audit log: any bytes as a line, as a head, as a whole log with a head
 * behind its first empty line, as a checkpoint and as a key. What is taken is to the
 * letter what would be written; nothing is sound that nobody signed. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "act/audit_check.h"
#include "act/audit_entry.h"
#include "act/audit_head.h"
#include "act/signed_line.h"
#include "base/secret.h"
#include "base/timefmt.h"
#include "cli/audit_print.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check(bool ok)
{
	if (!ok)
		abort();
}

/* The document, written again from what was read of it. */
static void try_line(struct str line)
{
	struct audit_entry e;
	struct strbuf again;

	if (!audit_entry_parse(line, &e))
		return;
	strbuf_init(&again, AUDIT_LINE_MAX);
	strbuf_printf(&again, "{\"n\":%llu,\"at\":\"", (unsigned long long)e.n);
	time_format_iso(&again, e.at_ms, true);
	strbuf_puts(&again, "\",\"prev\":\"");
	signed_line_put_hash(&again, &e.prev);
	strbuf_printf(&again,
		      "\",\"kind\":\"%.*s\",\"by\":%.*s,\"host\":%.*s,\"key\":\"%.*s\",",
		      STR_ARG(e.kind), STR_ARG(e.by), STR_ARG(e.host), STR_ARG(e.key));
	strbuf_puts(&again, "\"about\":");
	strbuf_put(&again, e.about);
	strbuf_putc(&again, '}');
	signed_line_put_signature(&again, &e.signature);
	check(str_eq(strbuf_str(&again), line));
	strbuf_fini(&again);
}

static void try_head(struct str file)
{
	struct audit_head head;
	struct strbuf again;

	if (!audit_head_parse(file, &head))
		return;
	strbuf_init(&again, AUDIT_HEAD_MAX);
	strbuf_printf(&again, "{\"n\":%llu,\"at\":\"", (unsigned long long)head.n);
	time_format_iso(&again, head.at_ms, true);
	strbuf_puts(&again, "\",\"root\":\"");
	signed_line_put_hash(&again, &head.root);
	strbuf_printf(&again, "\",\"key\":\"%.*s\"}", STR_ARG(head.key));
	signed_line_put_signature(&again, &head.signature);
	strbuf_putc(&again, '\n');
	check(str_eq(strbuf_str(&again), file));
	strbuf_fini(&again);
}

/* No key counts, so nothing but an empty log is sound. */
static void try_log(struct str text)
{
	const struct audit_filter filter = {.since_ms = INT64_MIN};
	const struct audit_how how = {.is_each = true};
	ptrdiff_t gap = str_find(text, STR("\n\n"));
	struct str log = text, head = {0};
	struct audit_report r;
	struct strbuf out;

	if (gap >= 0) {
		log = str_sub(text, 0, (size_t)gap + 1);
		head = str_sub(text, (size_t)gap + 2, text.n);
	}
	audit_check(log, head, &how, &r);
	check(r.n_sound == 0 && r.n_spans == 0);
	check(audit_report_is_sound(&r) == (log.n == 0 && !head.p));
	strbuf_init(&out, 1 << 20);
	audit_print_report(&out, &r, &how, "F", true);
	audit_print_report(&out, &r, &how, "F", false);
	audit_print_entries(&out, log, &filter);
	audit_report_fini(&r);
	strbuf_fini(&out);
}

static void try_codes(struct str text)
{
	struct checkpoint c, same;
	struct sign_key key, twin;
	struct strbuf again;
	struct err err;

	strbuf_init(&again, 256);
	if (checkpoint_parse(text, &c, &err)) {
		checkpoint_format(&again, &c);
		check(checkpoint_parse(strbuf_str(&again), &same, &err) &&
		      checkpoint_equal(&c, &same));
	}
	strbuf_reset(&again);
	if (sign_key_parse(text, &key, &err)) {
		sign_key_format(&again, &key);
		check(sign_key_parse(strbuf_str(&again), &twin, &err) &&
		      memcmp(key.p, twin.p, sizeof(key.p)) == 0);
	}
	strbuf_fini(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str text = {(const char *)data, n};

	check(secret_setup());
	try_line(text);
	try_head(text);
	try_log(text);
	try_codes(text);
	return 0;
}
