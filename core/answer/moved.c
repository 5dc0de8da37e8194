/* See moved.h. A board that is newer may say the same: only values count. */
#include "answer/moved.h"

#include <string.h>

#include "answer/field.h"

enum { VALUE_MOST = 2048 };

static bool has_moved(const struct claim *claim, const struct evidence *now)
{
	struct strbuf value;
	struct field field;
	bool is_other;

	if (claim->kind != CLAIM_FIELD || !claim->ref || !claim->version)
		return false;
	field_read(now, str_from(claim->ref), &field);
	if (!field.board || field.version == claim->version)
		return false;
	strbuf_init(&value, VALUE_MOST);
	field_put_value(&value, &field);
	is_other = strcmp(value.p, claim->value ? claim->value : "") != 0;
	strbuf_fini(&value);
	return is_other;
}

void answer_note_moved(struct answer *a, const struct evidence *now)
{
	for (size_t i = 0; i < a->n_claims; i++) {
		if (!has_moved(&a->claims[i], now))
			continue;
		answer_says(a, SAYS_VERSION_MOVED);
		strbuf_printf(&a->prose,
			      "\nWhat `:%s` says %s it was read for this: ask again.\n",
			      a->claims[i].board, says_phrase(SAYS_VERSION_MOVED));
		return;
	}
}
