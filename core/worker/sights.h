/* Rows that need attention: since when, whether somebody stepped back from them, until
 * they do not. Every turn is an alert for the history; what an earlier run knew is
 * known again. Thread: core. */
#ifndef AZ_WORKER_SIGHTS_H
#define AZ_WORKER_SIGHTS_H

#include "base/clock.h"
#include "base/map.h"
#include "board/board.h"
#include "store/alert_log.h"

/* A row that needs attention, as long as it does. */
struct sight {
	enum severity sev;
	uint64_t state; /* what an acknowledgement is of */
	int64_t raised_ms, since_ms;
	int64_t acknowledged_ms; /* 0: not */
};

struct sights {
	const struct clock *clock;
	struct map boards; /* by name: struct watched */
	/* Borrowed for the call; may be NULL. */
	void (*note)(void *ctx, const struct alert *alert);
	void *ctx;
};

void sights_init(struct sights *s, const struct clock *clock);
void sights_fini(struct sights *s);
/* A board came: what is wrong on it now. */
void sights_look(struct sights *s, struct board *board);
/* An alert of an earlier run that was open at its end. */
void sights_recall(struct sights *s, const struct alert *alert);
/* Notes each as it is. */
void sights_note_all(const struct sights *s);
/* Something needs attention. */
bool sights_are_any(const struct sights *s);
bool sights_has_board(const struct sights *s, struct str name);

/* The row's alert as it would be then. False when the row needs no attention. */
bool sights_alert(const struct sights *s, struct str board, struct str key,
		  struct alert *alert);
bool sights_acknowledge(struct sights *s, struct str board, struct str key,
			int64_t at_ms);

/* "RPO 7h46m; Warning": the worst cells first. */
void sights_put_why(struct strbuf *out, const struct board *board, const struct row *row,
		    int64_t now_ms);

/* Each board that came, with its sights by row key. */
typedef void (*sights_each_fn)(const struct board *board, const struct map *sights,
			       void *ctx);
void sights_each(const struct sights *s, sights_each_fn fn, void *ctx);

#endif
