/* The words for severities and cell types. Thread: any (no state). */
#include "base/count.h"
#include "board/board.h"

static const char *const severity_names[] = {
	[SEV_NONE] = "none",	   [SEV_OK] = "ok",	[SEV_INFO] = "info",
	[SEV_UNKNOWN] = "unknown", [SEV_WARN] = "warn", [SEV_CRIT] = "crit",
};

static const char *const type_names[] = {
	[CELL_TEXT] = "text",	  [CELL_NUMBER] = "number",	[CELL_BYTES] = "bytes",
	[CELL_MONEY] = "money",	  [CELL_PERCENT] = "percent",	[CELL_TIME] = "time",
	[CELL_AGE] = "age",	  [CELL_DURATION] = "duration", [CELL_STATE] = "state",
	[CELL_SERIES] = "series",
};

/* The index of the word, or -1. */
static int find(const char *const *names, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(name, names[i]))
			return (int)i;
	return -1;
}

const char *severity_name(enum severity sev)
{
	return severity_names[sev];
}

bool severity_find(struct str name, enum severity *out)
{
	int at = find(severity_names, COUNT(severity_names), name);

	if (at >= 0)
		*out = (enum severity)at;
	return at >= 0;
}

const char *cell_type_name(enum cell_type type)
{
	return type_names[type];
}

bool cell_type_find(struct str name, enum cell_type *out)
{
	int at = find(type_names, COUNT(type_names), name);

	if (at >= 0)
		*out = (enum cell_type)at;
	return at >= 0;
}
