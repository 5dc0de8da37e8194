/* See format.h: what the members of structured lines are called by the libraries that
 * write them. Earlier names are better ones. */
#include "base/count.h"
#include "base/timefmt.h"
#include "stream/format.h"

struct known {
	struct str name;
	enum field_role role;
};

static const struct known names[] = {
	{STR("@timestamp"), FIELD_TIME},
	{STR("timestamp"), FIELD_TIME},
	{STR("time"), FIELD_TIME},
	{STR("ts"), FIELD_TIME},
	{STR("@t"), FIELD_TIME},
	{STR("TimeGenerated"), FIELD_TIME},
	{STR("datetime"), FIELD_TIME},
	{STR("asctime"), FIELD_TIME},
	{STR("eventTime"), FIELD_TIME},
	{STR("date"), FIELD_TIME},
	{STR("t"), FIELD_TIME},
	{STR("level"), FIELD_LEVEL},
	{STR("severity"), FIELD_LEVEL},
	{STR("lvl"), FIELD_LEVEL},
	{STR("@l"), FIELD_LEVEL},
	{STR("LogLevel"), FIELD_LEVEL},
	{STR("log.level"), FIELD_LEVEL},
	{STR("levelname"), FIELD_LEVEL},
	{STR("severityText"), FIELD_LEVEL},
	{STR("SeverityLevel"), FIELD_LEVEL},
	{STR("message"), FIELD_MESSAGE},
	{STR("msg"), FIELD_MESSAGE},
	{STR("@m"), FIELD_MESSAGE},
	{STR("@mt"), FIELD_MESSAGE},
	{STR("LogMessage"), FIELD_MESSAGE},
	{STR("body"), FIELD_MESSAGE},
	{STR("text"), FIELD_MESSAGE},
	{STR("log"), FIELD_MESSAGE},
	{STR("error"), FIELD_MESSAGE},
	{STR("event"), FIELD_MESSAGE},
	{STR("logger"), FIELD_SOURCE},
	{STR("source"), FIELD_SOURCE},
	{STR("component"), FIELD_SOURCE},
	{STR("service"), FIELD_SOURCE},
	{STR("service.name"), FIELD_SOURCE},
	{STR("SourceContext"), FIELD_SOURCE},
	{STR("category"), FIELD_SOURCE},
	{STR("logger_name"), FIELD_SOURCE},
	{STR("log.logger"), FIELD_SOURCE},
	{STR("app"), FIELD_SOURCE},
	{STR("ContainerName"), FIELD_SOURCE},
	{STR("PodName"), FIELD_SOURCE},
	{STR("caller"), FIELD_SOURCE},
	{STR("name"), FIELD_SOURCE},
};

/* For each member of each line: length and first letter tell nearly all names apart. */
static bool is_named(const struct known *known, struct str name)
{
	return name.n == known->name.n && (*name.p | 0x20) == (*known->name.p | 0x20) &&
	       str_eq_nocase(name, known->name);
}

void fields_add(struct fields *fields, struct str name, struct str value, bool is_quoted)
{
	fields->n++;
	for (size_t i = 0; i < COUNT(names); i++) {
		int rank = (int)(COUNT(names) - i);
		struct field *field = &fields->of[names[i].role];

		if (!is_named(&names[i], name))
			continue;
		if (field->rank < rank)
			*field = (struct field){value, is_quoted, rank};
		return;
	}
}

/* Seconds, milliseconds, microseconds or nanoseconds since 1970, told by their size. */
static bool epoch_time(struct str value, int64_t *utc_ms)
{
	double n;

	if (!str_to_f64(value, &n) || !(n > 1e8 && n < 1e19))
		return false;
	if (n < 1e11)
		n *= 1e3;
	else if (n > 1e17)
		n /= 1e6;
	else if (n > 1e14)
		n /= 1e3;
	*utc_ms = (int64_t)n;
	return true;
}

static bool field_time(struct str value, int64_t *utc_ms)
{
	return format_iso_time(value, utc_ms) > 0 || epoch_time(value, utc_ms) ||
	       time_parse(value, utc_ms);
}

/* Words, or the numbers that some loggers of Node.js have: 10 to 60. */
static enum line_level field_level(struct str value)
{
	int64_t n;

	if (!str_to_i64(value, &n))
		return line_level_of(value);
	if (n < 10 || n > 60)
		return LINE_UNKNOWN;
	return (enum line_level)(LINE_TRACE + n / 10 - 1);
}

bool fields_fill(const struct fields *fields, struct line *line)
{
	const struct field *message = &fields->of[FIELD_MESSAGE];
	bool has_time = false;
	enum line_level level = LINE_UNKNOWN;
	int64_t time_ms = 0;

	if (fields->of[FIELD_TIME].rank)
		has_time = field_time(fields->of[FIELD_TIME].value, &time_ms);
	if (fields->of[FIELD_LEVEL].rank)
		level = field_level(fields->of[FIELD_LEVEL].value);
	if (!has_time && level == LINE_UNKNOWN && !message->rank)
		return false;
	if (has_time) {
		line->has_time = true;
		line->time_ms = time_ms;
	}
	if (level != LINE_UNKNOWN)
		line->level = level;
	if (fields->of[FIELD_SOURCE].rank)
		line->source = fields->of[FIELD_SOURCE].value;
	if (message->rank) {
		line->message = message->value;
		line->is_escaped =
			message->is_quoted && str_find_char(message->value, '\\') >= 0;
	}
	return true;
}
