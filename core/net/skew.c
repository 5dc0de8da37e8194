/* See skew.h. */
#include "net/skew.h"

#include "base/timefmt.h"

void skew_blame(const struct http_response *response, const struct clock *clock,
		struct err *err)
{
	struct str text = str_trim(http_header_find(response, "date"));
	int64_t theirs, ahead, by;
	struct strbuf span;

	/* A world that runs faster is minutes on by the time its answer is read. */
	if (clock->speed != 1.0 || !text.n || !time_parse(text, &theirs))
		return;
	ahead = clock_wall_ms(clock) - theirs;
	by = ahead < 0 ? -ahead : ahead;
	if (by <= SKEW_MOST_MS)
		return;
	strbuf_init(&span, 40);
	duration_format(&span, by);
	err_wrap(err, "this machine's clock is %s %s; set it", span.p,
		 ahead > 0 ? "ahead" : "behind");
	strbuf_fini(&span);
}
