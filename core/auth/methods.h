/* The parts of the rows of methods.c. Private to core/auth. Thread: core. */
#ifndef AZ_AUTH_METHODS_H
#define AZ_AUTH_METHODS_H

#include "auth/method.h"

extern const struct method_setting method_env_settings[];
void method_env_fetch(struct slot *s);

void method_none_fetch(struct slot *s);

extern const struct method_setting method_sim_settings[];
void method_sim_fetch(struct slot *s);

#endif
