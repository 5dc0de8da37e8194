/* The boards behind those that somebody names: what they are made of, and for boards that
 * are about all, every one that can be had. Thread: core. */
#ifndef AZ_WORKER_BOARD_SET_H
#define AZ_WORKER_BOARD_SET_H

#include "base/vec.h"
#include "board/def.h"
#include "worker/derived.h"

struct board_set {
	VEC(const char *) names; /* of the library, each once, in the order to be asked */
};

/* Where they are looked for. */
struct board_shop {
	const struct library *library;
	const struct derived *derived; /* knows what boards are made of */
	/* Whether a board can be had: what the caller says of its connections. */
	bool (*can)(void *ctx, const struct board_def *def);
	void *ctx;
};

/* In place of what was in it. What others can be made without comes behind all that is
 * needed. */
void board_set_fill(struct board_set *set, const struct board_shop *shop,
		    const char *const *names, size_t n);
bool board_set_has(const struct board_set *set, const char *name);
void board_set_fini(struct board_set *set);

/* Whether one of the names is about every board that can be had. */
bool board_names_are_about_all(const char *const *names, size_t n);

#endif
