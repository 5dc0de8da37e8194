/* See spent.h. */
#include "worker/chat/spent.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/count.h"
#include "base/timefmt.h"
#include "base/xalloc.h"
#include "store/db.h"

enum { KEPT_DAYS = 400 };

/* Money in a file is whole: so much of it is one. */
#define NANO 1e9

static const char *const steps[] = {
	"CREATE TABLE spent(day INTEGER PRIMARY KEY, questions INTEGER NOT NULL,"
	" asked INTEGER NOT NULL, cached INTEGER NOT NULL, answered INTEGER NOT NULL,"
	" nano INTEGER NOT NULL, guess INTEGER NOT NULL);",
};

static const struct db_tables tables = {
	.of = "record of what was spent",
	.steps = steps,
	.n_steps = COUNT(steps),
};

struct spent {
	struct loop *loop;
	struct log *log;
	struct gateway *g; /* NULL: nobody any more */
	char *path;
	bool is_busy, has_looked, wants_look;
	struct gateway_spent more; /* not written yet, of one day */
	/* The pool's. */
	struct db *db;
	struct gateway_spent writes, sum;
	struct err err;
};

struct spent *spent_new(struct loop *loop, const char *path, struct log *log)
{
	struct spent *s = xcalloc(1, sizeof(*s));

	s->loop = loop;
	s->log = log;
	s->path = xstrdup(path);
	return s;
}

static bool is_something(const struct gateway_spent *s)
{
	return s->questions || s->asked || s->answered || s->money > 0;
}

static void put(struct db_query *q, const struct gateway_spent *spent)
{
	db_put_i64(q, spent->day);
	db_put_i64(q, spent->questions);
	db_put_i64(q, spent->asked);
	db_put_i64(q, spent->cached);
	db_put_i64(q, spent->answered);
	db_put_i64(q, (int64_t)llround(spent->money * NANO));
	db_put_i64(q, spent->is_guess);
	db_run(q);
}

static void add_row(struct spent *s)
{
	struct db_query q =
		db_query(s->db, "INSERT INTO spent VALUES(?, ?, ?, ?, ?, ?, ?)"
				" ON CONFLICT(day) DO UPDATE SET"
				" questions = questions + excluded.questions,"
				" asked = asked + excluded.asked,"
				" cached = cached + excluded.cached,"
				" answered = answered + excluded.answered,"
				" nano = nano + excluded.nano,"
				" guess = max(guess, excluded.guess)");
	struct db_query old = db_query(s->db, "DELETE FROM spent WHERE day < ?");

	put(&q, &s->writes);
	db_put_i64(&old, s->writes.day - KEPT_DAYS);
	db_run(&old);
}

static void read_row(struct spent *s)
{
	struct db_query q =
		db_query(s->db, "SELECT questions, asked, cached, answered, nano, guess"
				" FROM spent WHERE day = ?");

	s->sum = (struct gateway_spent){.day = s->writes.day};
	db_put_i64(&q, s->writes.day);
	while (db_next(&q)) {
		s->sum.questions = db_get_i64(&q);
		s->sum.asked = db_get_i64(&q);
		s->sum.cached = db_get_i64(&q);
		s->sum.answered = db_get_i64(&q);
		s->sum.money = (double)db_get_i64(&q) / NANO;
		s->sum.is_guess = db_get_i64(&q) != 0;
	}
}

/* On the pool. The sum is read in the transaction that adds to it. */
static void work(void *ctx)
{
	struct spent *s = ctx;
	struct err aside;

	err_clear(&s->err);
	/* Nobody has spent anything yet, and nothing is written for that. */
	if (!s->db && !is_something(&s->writes) && access(s->path, F_OK) != 0) {
		s->sum = (struct gateway_spent){.day = s->writes.day};
		return;
	}
	if (!s->db)
		s->db = db_open_of(&tables, s->path, &aside, &s->err);
	if (!s->db)
		return;
	db_begin(s->db);
	if (is_something(&s->writes))
		add_row(s);
	read_row(s);
	(void)!db_end(s->db, &s->err);
}

static void add(struct gateway_spent *to, const struct gateway_spent *more)
{
	to->questions += more->questions;
	to->asked += more->asked;
	to->cached += more->cached;
	to->answered += more->answered;
	to->money += more->money;
	to->is_guess |= more->is_guess;
}

static void go_on(struct spent *s);

/* What could not be written is kept for the next time, and counts all the same. */
static void tell(struct spent *s)
{
	struct gateway_spent all = s->sum;

	if (s->err.code != ERR_NONE) {
		log_line(s->log, LOG_ERROR, "ai", "what was spent cannot be kept: %s",
			 s->err.text);
		if (s->more.day == s->writes.day)
			add(&s->more, &s->writes);
		if (s->g && !s->has_looked) {
			all = (struct gateway_spent){.day = s->writes.day};
			add(&all, &s->more);
			gateway_today_begin(s->g, &all);
		}
		return;
	}
	if (s->more.day == all.day)
		add(&all, &s->more);
	if (s->g)
		gateway_today_begin(s->g, &all);
}

static void done(void *ctx)
{
	struct spent *s = ctx;

	s->is_busy = false;
	tell(s);
	s->has_looked = true;
	if (s->err.code == ERR_NONE)
		go_on(s);
	else if (!s->g)
		s->more = (struct gateway_spent){.day = s->more.day};
	if (s->g || s->is_busy)
		return;
	db_close(s->db);
	free(s->path);
	free(s);
}

static void begin(struct spent *s)
{
	s->wants_look = false;
	s->writes = s->more;
	s->more = (struct gateway_spent){.day = s->more.day};
	s->is_busy = true;
	loop_work(s->loop, work, done, s);
}

static void go_on(struct spent *s)
{
	if (!s->is_busy && (is_something(&s->more) || s->wants_look))
		begin(s);
}

void spent_look(struct spent *s)
{
	int64_t today;

	if (!s)
		return;
	today = clock_wall_ms(loop_clock(s->loop)) / DAY_MS;
	/* What is of yesterday is written as such first. */
	if (!is_something(&s->more))
		s->more.day = today;
	s->wants_look = true;
	go_on(s);
}

void spent_serve(struct spent *s, struct gateway *g)
{
	s->g = g;
	if (g) {
		spent_look(s);
		return;
	}
	s->wants_look = true;
	go_on(s);
}

void spent_add(const struct gateway_spent *more, void *ctx)
{
	struct spent *s = ctx;

	/* Midnight: what was not written of the day before is passed over. */
	if (s->more.day != more->day)
		s->more = (struct gateway_spent){.day = more->day};
	add(&s->more, more);
	go_on(s);
}
