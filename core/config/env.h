/* The only place that reads the environment. Thread: any before threads start;
 * afterwards read-only. */
#ifndef AZ_CONFIG_ENV_H
#define AZ_CONFIG_ENV_H

#include <stdbool.h>

#include "base/strbuf.h"

/* NULL when unset or empty. */
const char *env_get(const char *name);
/* $XDG_CONFIG_HOME/azdeck, or ~/.config/azdeck; with a tail such as
 * "config.json". Empty when there is no home at all. */
void env_config_path(struct strbuf *out, const char *tail);
/* The same for state: logs. */
void env_state_path(struct strbuf *out, const char *tail);
/* Whether the locale's characters are UTF-8; needs setlocale first. */
bool env_is_utf8(void);

#endif
