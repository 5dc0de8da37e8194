/* The only place that reads the environment. Thread: any before threads start;
 * afterwards read-only. */
#ifndef AZ_CONFIG_ENV_H
#define AZ_CONFIG_ENV_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/strbuf.h"

/* NULL when unset or empty. */
const char *env_get(const char *name);
/* $XDG_CONFIG_HOME/azdeck, or ~/.config/azdeck; with a tail such as
 * "config.json". Empty when there is no home at all. */
void env_config_path(struct strbuf *out, const char *tail);
/* The same for state: logs, tokens. */
void env_state_path(struct strbuf *out, const char *tail);
/* The same for what must not be lost: the key, secrets. */
void env_data_path(struct strbuf *out, const char *tail);
/* Who runs it: a name for people, proof of nothing. Never empty. */
const char *env_user(void);
/* Who may vouch for a server, in the variables curl and OpenSSL users set:
 * CURL_CA_BUNDLE, else SSL_CERT_FILE and SSL_CERT_DIR. NULL: as built. */
const char *env_ca_file(void);
const char *env_ca_dir(void);
/* The whole environment with these instead or besides ("NAME=VALUE", ended by NULL),
 * for a program that is started. It and its list live in the arena or the environment. */
const char **env_with(struct arena *arena, const char *const *more);
/* Whether the locale's characters are UTF-8; needs setlocale first. */
bool env_is_utf8(void);

#endif
