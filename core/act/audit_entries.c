/* See audit_entries.h. */
#include "act/audit_entries.h"

#include <stdio.h>

#include "act/audit_entry.h"
#include "base/json.h"
#include "board/derive.h"

static void put_hash(cJSON *row, const struct merkle_hash *hash)
{
	char text[2 * MERKLE_BYTES + 1];

	for (size_t i = 0; i < MERKLE_BYTES; i++)
		snprintf(text + 2 * i, 3, "%02x", hash->p[i]);
	derive_put_text(row, "hash", text);
}

static const char *proof_of(const struct audit_report *report, size_t line)
{
	if (!report)
		return "not checked";
	return audit_report_proves(report, line) ? "signed" : "NOT vouched for";
}

static cJSON *row_of(const struct audit_entry *entry, struct str line)
{
	static const struct json_limits limits = {.max_bytes = AUDIT_LINE_MAX,
						  .max_depth = JSON_MAX_DEPTH};
	struct merkle_hash hash = merkle_leaf(line);
	cJSON *row = cJSON_CreateObject(), *document;
	struct err ignored;
	const cJSON *about;
	char word[AUDIT_WORD_MAX + 1];

	document = json_parse(entry->document, &limits, NULL, &ignored);
	about = json_member(document, "about");
	snprintf(word, sizeof(word), "%.*s", STR_ARG(entry->kind));
	derive_put_number(row, "n", (double)entry->n);
	derive_put_text(row, "kind", word);
	derive_put_time(row, "at", entry->at_ms);
	derive_put_text(row, "by", json_text(document, "by"));
	derive_put_text(row, "change", json_text(about, "change"));
	derive_put_text(row, "on", json_text(about, "target"));
	put_hash(row, &hash);
	cJSON_Delete(document);
	return row;
}

/* The lines from the end on, as long as there are any that count. */
cJSON *audit_entries(struct str log, const struct audit_report *report)
{
	cJSON *rows = cJSON_CreateArray();
	size_t lines = 0, end;
	int n = 0;

	for (size_t i = 0; i < log.n; i++)
		lines += log.p[i] == '\n';
	/* What has no end is no line. */
	for (end = log.n; end > 0 && log.p[end - 1] != '\n';)
		end--;
	for (size_t line = lines; line > 0 && n < AUDIT_ENTRIES_MOST; line--) {
		struct audit_entry entry;
		size_t begin = --end;
		struct str text;
		cJSON *row;

		while (begin > 0 && log.p[begin - 1] != '\n')
			begin--;
		text = str_sub(log, begin, end - begin);
		end = begin;
		if (!audit_entry_parse(text, &entry))
			continue;
		row = row_of(&entry, text);
		derive_put_text(row, "proof", proof_of(report, line));
		cJSON_AddItemToArray(rows, row);
		n++;
	}
	return rows;
}
