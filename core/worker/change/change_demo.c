/* The demo has nobody else in it, so a colleague is made up who approves whatever needs a
 * second person, a moment later. Thread: core. */
#include <string.h>

#include "worker/change/change_part.h"

void change_demo_init(struct change_demo *demo)
{
	struct strbuf key;

	signer_draw(&demo->colleague);
	strbuf_init(&key, sizeof(demo->key) - 1);
	sign_key_format(&key, &demo->colleague.key);
	memcpy(demo->key, key.p, key.n);
	strbuf_fini(&key);
	demo->person = (struct config_person){.name = "a colleague", .key = demo->key};
}

bool change_demo_waits(const struct change_entry *e)
{
	struct err ignored;

	return e->desk->options.is_demo && e->record.needs_second &&
	       change_record_is_open(&e->record, change_now(e->desk)) &&
	       !change_is_approved(e, &ignored);
}

/* As a person would: by the code. */
void change_demo_approve(struct change_desk *d)
{
	for (struct change_entry *e = d->entries; e; e = e->next) {
		struct approval approval;
		struct strbuf code;

		if (!change_demo_waits(e))
			continue;
		strbuf_init(&code, 1000);
		approval_make(e->record.plan, &d->demo.colleague, change_now(d),
			      &approval);
		approval_format(&code, &approval);
		change_desk_do(d, VERB_APPROVE, 0, e->record.plan->id, code.p);
		strbuf_fini(&code);
	}
}
