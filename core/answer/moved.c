/* See moved.h. A board that is newer may say the same: only values count. */
#include "answer/moved.h"

#include <math.h>
#include <string.h>

#include "answer/field.h"

enum { VALUE_MOST = 2048 };
static const double SHARE_THAT_COUNTS = 0.02;

/* What is counted from a moment on grows by itself, and a figure that is worked out anew
 * is a little another each time. */
static bool is_other(const struct claim *claim, const struct field *field,
		     const char *value)
{
	double is, was;

	if (field->column && field->column->type == CELL_DURATION)
		return false;
	if (!claim->is_number || !str_to_f64(str_from(value), &is) ||
	    !str_to_f64(str_from(claim->value), &was))
		return strcmp(value, claim->value ? claim->value : "") != 0;
	return fabs(is - was) > SHARE_THAT_COUNTS * fabs(was);
}

static bool has_moved(const struct claim *claim, const struct evidence *now)
{
	struct strbuf value;
	struct field field;
	bool has;

	if (claim->kind != CLAIM_FIELD || !claim->ref || !claim->version)
		return false;
	field_read(now, str_from(claim->ref), &field);
	if (!field.board || field.version == claim->version)
		return false;
	strbuf_init(&value, VALUE_MOST);
	field_put_value(&value, &field);
	has = is_other(claim, &field, value.p);
	strbuf_fini(&value);
	return has;
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
