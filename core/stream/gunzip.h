/* gzip undone a piece at a time: members one after another are one text, as gzip itself
 * has it. The text may be any size; nothing is kept of it. Thread: any, one owner. */
#ifndef AZ_STREAM_GUNZIP_H
#define AZ_STREAM_GUNZIP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct gunzip;

enum { GUNZIP_MAGIC_BYTES = 3, GUNZIP_ROOM_BYTES = 32 << 10 };

/* Whether these first bytes, up to the magic ones, are such as gzip begins with. */
bool gunzip_may_be(const char *p, size_t n);

struct gunzip *gunzip_new(void);
void gunzip_free(struct gunzip *g);
/* Where packed bytes go: after a new one's GUNZIP_ROOM_BYTES, after a step that made
 * nothing at least one. */
char *gunzip_room(struct gunzip *g, size_t *room);
void gunzip_fed(struct gunzip *g, size_t n);
/* Puts up to n bytes of text at p; *made 0: it needs more. False when this is no gzip;
 * all that was good before it was made first. */
bool gunzip_step(struct gunzip *g, char *p, size_t n, size_t *made,
		 struct err *err) MUST_CHECK;
/* Whether the bytes so far may be all: a member ended and no other began. */
bool gunzip_is_done(const struct gunzip *g);

#endif
