/* Errors as plain values. Text says what failed, on what, and what the reader
 * can do. Wrap once per layer, never twice. Thread: any (no state). */
#ifndef AZ_BASE_ERR_H
#define AZ_BASE_ERR_H

#include <stdbool.h>
#include <stdint.h>

/* code, name, retryable, exit code of the program */
#define ERR_LIST(X)                                                                      \
	X(NONE, "ok", false, 0)                                                          \
	X(USAGE, "usage", false, 2)                                                      \
	X(CONFIG, "config", false, 3)                                                    \
	X(AUTH, "auth", false, 4)                                                        \
	X(FORBIDDEN, "forbidden", false, 4)                                              \
	X(NOT_FOUND, "not-found", false, 6)                                              \
	X(THROTTLED, "throttled", true, 5)                                               \
	X(NETWORK, "network", true, 5)                                                   \
	X(TIMEOUT, "timeout", true, 5)                                                   \
	X(TLS, "tls", false, 5)                                                          \
	X(SERVICE, "service", true, 5)                                                   \
	X(REFUSED, "refused", false, 5)                                                  \
	X(CONFLICT, "conflict", false, 5)                                                \
	X(CANCELLED, "cancelled", false, 5)                                              \
	X(TOO_LARGE, "too-large", false, 5)                                              \
	X(PARSE, "parse", false, 5)                                                      \
	X(IO, "io", false, 3)                                                            \
	X(INTERNAL, "internal", false, 5)

enum err_code {
#define X(id, name, retryable, exit_code) ERR_##id,
	ERR_LIST(X)
#undef X
		ERR_COUNT
};

struct err {
	enum err_code code;
	int http_status;	/* 0: no answer came */
	int64_t retry_after_ms; /* -1: the other side did not say */
	char text[320];		/* one line, terminated, safe on a terminal */
};

#define MUST_CHECK __attribute__((warn_unused_result))

void err_clear(struct err *err);
/* Always returns false: `return err_set(err, ERR_IO, "...")`. */
bool err_set(struct err *err, enum err_code code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* Puts "context: " before the text, once per layer. Returns false. */
bool err_wrap(struct err *err, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

const char *err_name(enum err_code code);
bool err_is_retryable(enum err_code code);
int err_exit_code(enum err_code code);
/* "cannot open X: No such file" from an errno value, at the layer it happens. */
bool err_errno(struct err *err, enum err_code code, int errnum, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

#endif
