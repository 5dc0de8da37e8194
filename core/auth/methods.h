/* The parts of the rows of methods.c. Private to core/auth. Thread: core. */
#ifndef AZ_AUTH_METHODS_H
#define AZ_AUTH_METHODS_H

#include "auth/method.h"

extern const struct method_setting method_api_key_settings[];
bool method_api_key_open(struct credential *c, struct err *err);
void method_api_key_fetch(struct slot *s);

extern const struct method_setting method_az_settings[];
bool method_az_open(struct credential *c, struct err *err);
void method_az_fetch(struct slot *s);
void method_az_cancel(struct slot *s);

extern const struct method_setting method_bearer_settings[];
void method_bearer_fetch(struct slot *s);

extern const struct method_setting method_certificate_settings[];
bool method_certificate_make(const struct reading *r, struct secret *out,
			     struct err *err);
void method_certificate_fetch(struct slot *s);

extern const struct method_setting method_device_settings[];
bool method_device_open(struct credential *c, struct err *err);
void method_device_close(struct credential *c);
void method_device_sign_out(struct credential *c);
void method_device_fetch(struct slot *s);
void method_device_cancel(struct slot *s);

extern const struct method_setting method_env_settings[];
void method_env_fetch(struct slot *s);

extern const struct method_setting method_google_settings[];
bool method_google_make(const struct reading *r, struct secret *out, struct err *err);
void method_google_fetch(struct slot *s);

extern const struct method_setting method_kubeconfig_settings[];
bool method_kubeconfig_make(const struct reading *r, struct secret *out, struct err *err);
void method_kubeconfig_fetch(struct slot *s);
void method_kubeconfig_cancel(struct slot *s);

extern const struct method_setting method_managed_settings[];
bool method_managed_open(struct credential *c, struct err *err);
void method_managed_close(struct credential *c);
void method_managed_fetch(struct slot *s);
void method_managed_cancel(struct slot *s);

void method_none_fetch(struct slot *s);

extern const struct method_setting method_oauth_settings[];
bool method_oauth_open(struct credential *c, struct err *err);
void method_oauth_key(const struct credential *c, struct token_key *key);
void method_oauth_fetch(struct slot *s);

extern const struct method_setting method_pat_settings[];
void method_pat_fetch(struct slot *s);

extern const struct method_setting method_secret_settings[];
void method_secret_fetch(struct slot *s);

extern const struct method_setting method_sigv4_settings[];
bool method_sigv4_open(struct credential *c, struct err *err);
bool method_sigv4_make(const struct reading *r, struct secret *out, struct err *err);
void method_sigv4_fetch(struct slot *s);

extern const struct method_setting method_sim_settings[];
void method_sim_fetch(struct slot *s);

/* basic and digest */
extern const struct method_setting method_user_settings[];
void method_basic_fetch(struct slot *s);
void method_digest_fetch(struct slot *s);

extern const struct method_setting method_workload_settings[];
void method_workload_fetch(struct slot *s);

#endif
