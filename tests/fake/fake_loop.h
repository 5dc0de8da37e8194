/* In place of net/loop.c and azure/api.c, for tests of what sits on them: time
 * moves only when told, calls are answered by hand. Link the objects before the
 * libraries; nothing of the real ones is then drawn in. Thread: the test's. */
#ifndef AZ_TESTS_FAKE_FAKE_LOOP_H
#define AZ_TESTS_FAKE_FAKE_LOOP_H

#include "azure/api.h"
#include "net/loop.h"

struct loop *fake_loop_new(int64_t wall_ms);
/* Fails the test when a timer or pool work was left behind. */
void fake_loop_free(struct loop *loop);
/* Lets so much time pass: timers come in order, with what they start. Pool work
 * does not: see fake_loop_work. */
void fake_loop_advance(struct loop *loop, int64_t ms);
/* Milliseconds until the next timer; -1: none. */
int64_t fake_loop_next(const struct loop *loop);
/* Pool work that waits, and running all of it. */
size_t fake_loop_jobs(const struct loop *loop);
void fake_loop_work(struct loop *loop);

struct api *fake_api_new(void);
/* Fails the test when a call is still open. */
void fake_api_free(struct api *api);
/* Calls ever started, and those neither answered nor cancelled. */
size_t fake_api_count(const struct api *api);
size_t fake_api_open(const struct api *api);
size_t fake_api_cancelled(const struct api *api);
/* The i-th call ever started: "METHOD PATH BODY". */
const char *fake_api_call(const struct api *api, size_t i);
/* Answer the oldest open call of this path; the test fails without one. */
void fake_api_answer(struct api *api, const char *path, const char *json);
void fake_api_fail(struct api *api, const char *path, enum err_code code,
		   const char *text);
/* The same with the status that the service gave. */
void fake_api_fail_status(struct api *api, const char *path, enum err_code code,
			  int status, const char *text);
/* Rows came, but not all of them. */
void fake_api_cut(struct api *api, const char *path, const char *json, const char *why);
/* What the next failures say to wait; -1: nothing. */
void fake_api_retry_after(struct api *api, int64_t ms);

/* A credential that answers from the loop; the token may change. NULL: it fails. */
struct credential *fake_credential_new(struct loop *loop, const char *token);
void fake_credential_free(struct credential *c);
void fake_credential_set(struct credential *c, const char *token);

#endif
