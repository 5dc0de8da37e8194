/* A secret asked for on the terminal, without showing it, or taken from standard
 * input. Thread: the main thread, before there is a deck. */
#ifndef AZ_CLI_PROMPT_H
#define AZ_CLI_PROMPT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/secret.h"

/* One line, asked for on the controlling terminal whatever standard input is.
 * Ctrl-C is ERR_CANCELLED; a signal from outside finds the terminal as it was. */
bool cli_ask(const char *question, size_t max, struct secret *out,
	     struct err *err) MUST_CHECK;
/* All of standard input, less one line end. */
bool cli_read_secret(size_t max, struct secret *out, struct err *err) MUST_CHECK;
/* Opens a key that has a passphrase, where there is a terminal to ask on; else whoever
 * needs it will say so. False: the person gave up, or does not know it. */
struct keychain;
bool cli_unlock(struct keychain *k, struct err *err) MUST_CHECK;
/* For struct keychain: the passphrase of the key. */
bool cli_ask_passphrase(bool is_again, struct secret *passphrase, struct err *err,
			void *ctx);

#endif
