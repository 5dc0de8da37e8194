/* See hours.h. The source of a row is not kept for every row of a very long board; what
 * the usual tag says stands in a column of its own there. */
#include "board/hours.h"

#include <stdio.h>

#include "board/resource_tag.h"

/* What tags leave open is as in the configured zone. */
void hours_init(struct hours *h, const struct derive *d)
{
	const char *zone = d->config ? d->config->schedules.timezone : NULL;
	struct schedule_error error;
	char text[300];

	*h = (struct hours){.d = d};
	strbuf_init(&h->tag, 4096);
	if (!zone)
		return;
	snprintf(text, sizeof(text), "tz=%s", zone);
	if (schedule_parse(str_from(text), NULL, d->zones, &h->kept, &error))
		h->defaults = &h->kept;
	else
		snprintf(h->wrong, sizeof(h->wrong), "schedules.timezone: %.160s",
			 error.text);
}

void hours_fini(struct hours *h)
{
	strbuf_fini(&h->tag);
}

const char *hours_tag(struct hours *h, const struct board *board, size_t row)
{
	const struct config *config = h->d->config;
	const char *usual = read_text(board, row, "hours");
	struct str name =
		str_from(config ? config->schedules.tag : config_schedules_default.tag);

	if (resource_tag(board->rows[row].raw, name, &h->tag))
		return h->tag.p;
	return usual[0] && str_eq_nocase(name, str_from(config_schedules_default.tag))
		       ? usual
		       : NULL;
}

void hours_look(const struct hours *h, const char *tag, struct wanted *out)
{
	wanted_look(str_from(tag), h->defaults, h->d->zones, h->d->now_ms, out);
}
