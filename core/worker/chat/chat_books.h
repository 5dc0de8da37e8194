/* The runbooks of the desk. They are taken apart on the pool and outlive the desk until
 * that is done. Only one thread has them at a time: while a question searches them, nobody
 * looks for changes. Thread: core; what is lent a turn of the pool: that. */
#ifndef AZ_WORKER_CHAT_BOOKS_H
#define AZ_WORKER_CHAT_BOOKS_H

#include "knowledge/knowledge_vectors.h"
#include "net/loop.h"

struct chat_books;
struct chat_desk;
struct chat_talk;
struct chat_vectors;

struct chat_books *chat_books_new(struct chat_desk *d);
void chat_books_free(struct chat_books *b);
/* Looks for what was changed, then `then`, which may be called at once. */
void chat_books_read(struct chat_talk *t, void (*then)(struct chat_talk *t));
/* The same, and nobody waits. */
void chat_books_warm(struct chat_books *b);
/* NULL: not read, or not readable. */
struct knowledge *chat_books_knowledge(const struct chat_books *b);
struct chat_vectors *chat_books_vectors(const struct chat_books *b);
/* The pool has them. */
bool chat_books_is_busy(const struct chat_books *b);
/* The pool is done with something: on with who waits for that; without a desk they go. */
void chat_books_go_on(struct chat_books *b);
/* A turn on the pool, when nothing else has one. False: something has. `work` gets the
 * books' vectors, and so does `done` on the loop, unless the desk is gone by then. */
bool chat_books_lend(struct chat_books *b, loop_fn work, loop_fn done);

/* chat_vectors.c: their vectors, made in the background, and those of questions. */
struct chat_vectors *chat_vectors_new(struct chat_desk *d, struct chat_books *b);
/* The desk is gone: nothing is asked any more. */
void chat_vectors_leave(struct chat_vectors *v);
/* False: the pool still looks at them. */
bool chat_vectors_is_idle(const struct chat_vectors *v);
void chat_vectors_free(struct chat_vectors *v);
/* On the pool: those that are kept. */
void chat_vectors_load(struct chat_vectors *v, struct knowledge *k);
/* On with what there is to do. */
void chat_vectors_go_on(struct chat_vectors *v);
/* The vector of a text that is about to be looked for, where that makes sense; `then`
 * comes soon in any case, and may be called at once. */
void chat_vectors_ask(struct chat_talk *t, struct str text,
		      void (*then)(struct chat_talk *t));
/* The talk ends. */
void chat_vectors_stop(struct chat_talk *t);

#endif
