/* What a first run knows so far: who signed in, what there is, what was chosen, and
 * the text that comes of it. The screens of the first run share it and the app owns
 * it; it asks the host, and nothing is written before first_state_write.
 * Thread: ui. */
#ifndef AZ_TUI_FIRST_STATE_H
#define AZ_TUI_FIRST_STATE_H

#include "base/strbuf.h"
#include "base/vec.h"
#include "worker/first/first.h"
#include "worker/sign_in.h"

struct first_row {
	const struct first_item *item;
	bool is_marked;
	/* Of a cluster that was asked where it is. */
	bool is_asked, is_located;
	const char *address, *ca;
	char problem[200]; /* it did not say; "": it did */
};

struct first_table {
	VEC(struct first_row) rows;
	VEC(struct first_news *) news; /* what the rows are in */
	size_t n_awaited;	       /* answers still to come */
	struct err err;		       /* why it is not all */
};

enum first_sign {
	FIRST_SIGN_NOT,
	FIRST_SIGN_ASKS,  /* for a code */
	FIRST_SIGN_WAITS, /* for a person */
	FIRST_SIGN_DONE,
	FIRST_SIGN_FAILED, /* err */
};

typedef void (*first_send_fn)(void *ctx, struct first_order *order);

struct first_state {
	const char *path; /* of the configuration; borrowed */
	first_send_fn send;
	void *send_ctx;
	unsigned run;
	const char *cloud; /* a row of first_clouds() */
	char tenant[128];  /* "": the person's own */
	enum first_sign sign;
	struct sign_in code;
	struct err err;
	struct first_table lists[FIRST_LISTS];
	/* The configuration as it would be. */
	bool is_sample, is_writing;
	struct strbuf text;
	struct arena arena; /* of the files */
	struct first_file *files;
	size_t n_files;
	struct err write_err;
};

struct first_cloud {
	const char *name, *title;
};
/* NULL behind the last one. */
const struct first_cloud *first_cloud_at(size_t i);

struct first_state *first_state_new(const char *path, first_send_fn send, void *ctx);
void first_state_free(struct first_state *s);
void first_state_sign_in(struct first_state *s);
/* Back to nobody. */
void first_state_stop(struct first_state *s);
void first_state_code(struct first_state *s, const struct sign_in *code);
/* Takes the news. */
void first_state_take(struct first_state *s, struct first_news *news);

/* A cluster of a subscription that is not marked is not offered. */
bool first_is_offered(const struct first_state *s, enum first_list list, size_t i);
size_t first_count_marked(const struct first_state *s, enum first_list list,
			  size_t *n_offered);
/* The step is done: asks what the next ones need. */
void first_state_leave(struct first_state *s, enum first_list list);
/* Answers that the text still waits for. */
size_t first_state_awaits(const struct first_state *s);
/* What was chosen, as text; or the sample. */
void first_state_compose(struct first_state *s);
void first_state_write(struct first_state *s);

#endif
