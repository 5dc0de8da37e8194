/* See tag.h. A tag is a list of parts with ; between them, each a word or key=value.
 * The parts are read first, wherever they stand; then what they leave open is taken
 * from the defaults. */
#include "schedule/tag.h"

#include "base/count.h"
#include "schedule/tag_times.h"

enum { WEEKDAYS = 0x1f, EVERY_DAY = 0x7f, MONDAY = 1, FRIDAY = 1 << 4 };

enum part_id {
	PART_ON,
	PART_OFF,
	PART_TZ,
	PART_SKIP,
	PART_TIER,
	PART_SIZE,
	PART_COUNT,
	PART_WEEKENDS,
	PART_WEEKENDS_ONLY,
	WORD_ON,
	WORD_OFF,
};

struct tag_parser {
	struct tag_reader r;
	const struct schedule *defaults;
	struct schedule *out;
	struct tag_times times;
	unsigned seen; /* bits of part_id */
	size_t off_at; /* where WORD_OFF stands */
	size_t zone_at;
	struct str zone;
	uint8_t days[2]; /* of the default hours: off, on; 0: as they are */
};

static bool has(const struct tag_parser *p, enum part_id id)
{
	return p->seen & (1u << id);
}

static bool read_times(struct tag_parser *p, enum part_id id)
{
	return tag_read_times(&p->r, id == PART_ON, &p->times);
}

/* The value ends with its part, so a Windows name may have blanks. */
static bool read_zone(struct tag_parser *p, enum part_id id)
{
	(void)id;
	tag_peek(&p->r);
	p->zone_at = p->r.at;
	p->zone = tag_rest(&p->r);
	return true;
}

static bool read_skips(struct tag_parser *p, enum part_id id)
{
	(void)id;
	return tag_read_skips(&p->r, p->out);
}

/* The hours that are on, and behind a slash those that are off. */
static bool read_figure(struct tag_parser *p, enum part_id id)
{
	enum tag_figure kind = id == PART_TIER	 ? FIGURE_TIER
			       : id == PART_SIZE ? FIGURE_SIZE
						 : FIGURE_COUNT;

	return tag_read_figure(&p->r, kind, true, &p->out->figures[true]) &&
	       (!tag_skip(&p->r, '/') ||
		tag_read_figure(&p->r, kind, false, &p->out->figures[false]));
}

static void set_days(struct tag_parser *p, uint8_t off, uint8_t on)
{
	p->days[false] = off;
	p->days[true] = on;
}

static bool read_choice(struct tag_parser *p, enum part_id id)
{
	struct str word;
	bool is_yes;
	size_t at;

	tag_peek(&p->r);
	at = p->r.at;
	word = tag_word(&p->r);
	is_yes = str_eq_nocase(word, STR("true"));
	if (!is_yes && !str_eq_nocase(word, STR("false")))
		return tag_fail(&p->r, at, "true or false is wanted here");
	if (id == PART_WEEKENDS_ONLY && is_yes)
		set_days(p, FRIDAY, MONDAY);
	if (id == PART_WEEKENDS)
		set_days(p, is_yes ? WEEKDAYS : EVERY_DAY, is_yes ? WEEKDAYS : EVERY_DAY);
	return true;
}

static const struct {
	const char *key;
	enum part_id id;
	bool (*read)(struct tag_parser *p, enum part_id id);
} keys[] = {
	{"on", PART_ON, read_times},
	{"off", PART_OFF, read_times},
	{"tz", PART_TZ, read_zone},
	{"skip", PART_SKIP, read_skips},
	{"skip-days", PART_SKIP, read_skips},
	{"tier", PART_TIER, read_figure},
	{"size", PART_SIZE, read_figure},
	{"count", PART_COUNT, read_figure},
	{"weekends", PART_WEEKENDS, read_choice},
	{"weekends-only", PART_WEEKENDS_ONLY, read_choice},
};

static bool note(struct tag_parser *p, enum part_id id, size_t at, struct str key)
{
	if (has(p, id))
		return tag_fail(&p->r, at, "%.*s stands here twice", STR_ARG(key));
	p->seen |= 1u << id;
	return true;
}

/* The reader is behind the word. */
static bool take_word(struct tag_parser *p, struct str word, size_t at)
{
	if (str_eq_nocase(word, STR("on")))
		return note(p, WORD_ON, at, word);
	if (str_eq_nocase(word, STR("off")) || str_eq_nocase(word, STR("opt-out"))) {
		p->off_at = at;
		return note(p, WORD_OFF, at, word);
	}
	if (str_eq_nocase(word, STR("weekends-only"))) {
		set_days(p, FRIDAY, MONDAY);
		return note(p, PART_WEEKENDS_ONLY, at, word);
	}
	return tag_fail(&p->r, at,
			"this is no word of a schedule; it is empty, on, off, or made of "
			"parts such as off=(m-f,19);on=(m-f,7);tz=et");
}

/* The reader is behind the equals sign. */
static bool take_value(struct tag_parser *p, struct str key, size_t at)
{
	for (size_t i = 0; i < COUNT(keys); i++) {
		if (!str_eq_nocase(key, str_from(keys[i].key)))
			continue;
		return note(p, keys[i].id, at, key) && keys[i].read(p, keys[i].id);
	}
	return tag_fail(&p->r, at,
			"there is no such key; there are on, off, tz, skip-days, tier, "
			"size, count, weekends and weekends-only");
}

static bool take_part(struct tag_parser *p)
{
	struct str word;
	size_t at;

	if (tag_peek(&p->r) == 0)
		return true;
	at = p->r.at;
	word = tag_word(&p->r);
	/* People write "Offhours tz=ET". */
	if (str_eq_nocase(word, STR("offhours")) && tag_peek(&p->r) != '=')
		return take_part(p);
	if (!(tag_skip(&p->r, '=') ? take_value(p, word, at) : take_word(p, word, at)))
		return false;
	if (tag_peek(&p->r) != 0)
		return tag_fail(&p->r, p->r.at,
				"nothing may follow here but ; and the next part");
	return true;
}

/* Blanks, and the quotation marks of a document that somebody copied. */
static void trim(struct tag_reader *r)
{
	static const char around[] = " \t'\"";

	while (r->at < r->end && strchr(around, r->tag->text[r->at]))
		r->at++;
	while (r->end > r->at && strchr(around, r->tag->text[r->end - 1]))
		r->end--;
}

/* What it is printed beside, and read by, may end at other bytes. */
static bool check_signs(const struct tag_reader *r)
{
	for (size_t i = 0; i < r->tag->n; i++) {
		unsigned char c = (unsigned char)r->tag->text[i];

		if ((c < ' ' && c != '\t') || c > '~')
			return tag_fail(r, i, "a schedule has no such sign in it");
	}
	return true;
}

static bool take_parts(struct tag_parser *p)
{
	size_t end = p->r.end;

	while (p->r.at < end) {
		struct str rest = {p->r.tag->text + p->r.at, end - p->r.at};
		ptrdiff_t semicolon = str_find_char(rest, ';');

		p->r.end = semicolon < 0 ? end : p->r.at + (size_t)semicolon;
		if (!take_part(p))
			return false;
		p->r.at = p->r.end + 1;
	}
	return true;
}

/* The half that the tag does not say: on, when it says only when off. */
static bool take_half(struct tag_parser *p, bool is_on)
{
	const struct schedule *d = p->defaults;

	for (size_t i = 0; i < d->n_times; i++) {
		struct schedule_time time = d->times[i];

		if (time.is_on != is_on)
			continue;
		if (p->times.n == SCHEDULE_MAX_TIMES)
			return tag_fail(&p->r, p->r.tag->n,
					"with the defaults these are more than %d times",
					SCHEDULE_MAX_TIMES);
		if (p->days[is_on])
			time.days = p->days[is_on];
		p->times.places[p->times.n] = p->r.tag->n;
		p->times.times[p->times.n++] = time;
		/* The first one's hour, on the days that were named instead. */
		if (p->days[is_on])
			return true;
	}
	return true;
}

static bool is_at_odds(const struct schedule_time *a, const struct schedule_time *b)
{
	return (a->days & b->days) && a->minute == b->minute &&
	       (a->is_on != b->is_on || a->figures.count != b->figures.count ||
		strcmp(a->figures.tier, b->figures.tier) != 0 ||
		strcmp(a->figures.size, b->figures.size) != 0);
}

static bool check_times(const struct tag_parser *p)
{
	const struct tag_times *t = &p->times;

	for (size_t i = 1; i < t->n; i++) {
		for (size_t j = 0; j < i; j++) {
			size_t at =
				t->places[i] < t->places[j] ? t->places[j] : t->places[i];

			if (is_at_odds(&t->times[i], &t->times[j]))
				return tag_fail(&p->r,
						at == p->r.tag->n ? t->places[j] : at,
						"two times are one moment and ask for "
						"different things (what is left out is "
						"the default)");
		}
	}
	return true;
}

static void keep_in_order(const struct tag_times *t, struct schedule *out)
{
	for (size_t i = 0; i < t->n; i++) {
		size_t at = out->n_times++;

		for (; at > 0 && out->times[at - 1].minute > t->times[i].minute; at--)
			out->times[at] = out->times[at - 1];
		out->times[at] = t->times[i];
	}
}

static bool find_zone(struct tag_parser *p, struct zones *zones)
{
	struct err err;

	if (p->zone.n == 0 && p->defaults->zone) {
		p->out->zone = p->defaults->zone;
		return true;
	}
	p->out->zone = zones_find(zones, p->zone.n ? p->zone : STR("et"), &err);
	if (p->out->zone)
		return true;
	p->r.error->is_machine = err.code != ERR_NOT_FOUND;
	return tag_fail(&p->r, p->zone_at, "%s", err.text);
}

static bool finish(struct tag_parser *p, struct zones *zones)
{
	if (has(p, WORD_OFF) && p->seen != 1u << WORD_OFF)
		return tag_fail(&p->r, p->off_at,
				"off opts out of the schedule and stands alone; hours "
				"to be off are off=(m-f,19)");
	if (has(p, WORD_ON) && (has(p, PART_ON) || has(p, PART_OFF)))
		return tag_fail(&p->r, 0,
				"on alone means the default hours and cannot stand "
				"beside on= or off=");
	if (has(p, WORD_OFF)) {
		*p->out = (struct schedule){.is_opted_out = true};
		return true;
	}
	if ((!has(p, PART_ON) && !take_half(p, true)) ||
	    (!has(p, PART_OFF) && !take_half(p, false)) || !check_times(p))
		return false;
	keep_in_order(&p->times, p->out);
	return find_zone(p, zones);
}

static const struct schedule built_in = {
	.times = {{.is_on = true,
		   .days = WEEKDAYS,
		   .minute = 7 * 60,
		   .figures = {.count = -1}},
		  {.days = WEEKDAYS, .minute = 19 * 60, .figures = {.count = -1}}},
	.n_times = 2,
	.figures = {{.count = -1}, {.count = -1}},
};

bool schedule_parse(struct str tag, const struct schedule *defaults, struct zones *zones,
		    struct schedule *out, struct schedule_error *error)
{
	struct plain_tag plain = {.n = 0};
	struct tag_parser p = {
		.r = {.tag = &plain, .error = error},
		.defaults = defaults && !defaults->is_opted_out ? defaults : &built_in,
		.out = out,
	};

	*error = (struct schedule_error){.at = 0};
	if (tag.n > SCHEDULE_TAG_MAX) {
		plain.places[0] = SCHEDULE_TAG_MAX;
		return tag_fail(&p.r, 0, "a tag has %d characters at most",
				SCHEDULE_TAG_MAX);
	}
	tag_unescape(tag, &plain);
	p.r.end = plain.n;
	*out = (struct schedule){.n_times = 0};
	memcpy(out->skips, p.defaults->skips, sizeof(out->skips));
	out->n_skips = p.defaults->n_skips;
	memcpy(out->figures, p.defaults->figures, sizeof(out->figures));
	trim(&p.r);
	return check_signs(&p.r) && take_parts(&p) && finish(&p, zones);
}
