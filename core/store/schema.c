/* See schema.h. Times are UTC milliseconds. */
#include "store/schema.h"

#include "base/count.h"

static const char *const steps[] = {
	/* Names are numbers inside the file: a row's key is long and comes often. */
	"CREATE TABLE name(id INTEGER PRIMARY KEY, scope INTEGER NOT NULL,"
	" hash INTEGER NOT NULL, text TEXT NOT NULL, gone INTEGER NOT NULL DEFAULT 0);"
	"CREATE INDEX name_hash ON name(scope, hash);"
	"CREATE INDEX name_gone ON name(gone) WHERE gone > 0;"
	/* What a board looked like: whole, or what differs from the frame before. */
	"CREATE TABLE frame(id INTEGER PRIMARY KEY, board INTEGER NOT NULL,"
	" at INTEGER NOT NULL, whole INTEGER NOT NULL, layout INTEGER NOT NULL,"
	" fetched INTEGER NOT NULL, marks INTEGER NOT NULL, why TEXT NOT NULL,"
	" bytes BLOB NOT NULL);" /* fetched: the last time that it looked so */
	"CREATE INDEX frame_at ON frame(board, at);"
	/* One figure of all rows of a board at a time. */
	"CREATE TABLE sample(id INTEGER PRIMARY KEY, track INTEGER NOT NULL,"
	" tier INTEGER NOT NULL, at INTEGER NOT NULL, bytes BLOB NOT NULL);"
	"CREATE INDEX sample_at ON sample(track, tier, at);"
	/* What happened, as texts: it is still true when the definition is another. */
	"CREATE TABLE change(id INTEGER PRIMARY KEY, at INTEGER NOT NULL,"
	" board INTEGER NOT NULL, kind INTEGER NOT NULL, key TEXT NOT NULL,"
	" what TEXT NOT NULL, title TEXT NOT NULL, before TEXT NOT NULL,"
	" after TEXT NOT NULL, sev_before INTEGER NOT NULL, sev_after INTEGER NOT NULL);"
	"CREATE INDEX change_at ON change(at);"
	/* One row from the moment it needs attention until it does not. */
	"CREATE TABLE alert(id INTEGER PRIMARY KEY, board INTEGER NOT NULL,"
	" key TEXT NOT NULL, what TEXT NOT NULL, why TEXT NOT NULL,"
	" sev INTEGER NOT NULL, state INTEGER NOT NULL, raised INTEGER NOT NULL, since "
	"INTEGER NOT NULL,"
	" acknowledged INTEGER NOT NULL, cleared INTEGER NOT NULL);"
	"CREATE INDEX alert_open ON alert(board, key) WHERE cleared = 0;"
	"CREATE INDEX alert_raised ON alert(raised);",
};
const struct db_tables history_tables = {
	.of = "history",
	.steps = steps,
	.n_steps = COUNT(steps),
};
