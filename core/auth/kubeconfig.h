/* What a kubeconfig says of one context: where the cluster is, who vouches for it, and
 * who asks. Thread: any; never on the loop, it reads files. */
#ifndef AZ_AUTH_KUBECONFIG_H
#define AZ_AUTH_KUBECONFIG_H

#include "base/arena.h"
#include "base/err.h"
#include "base/secret.h"
#include "base/str.h"

struct kubeconfig {
	struct arena arena; /* all that is no secret */
	const char *context, *server;
	struct str ca, cert; /* PEM; empty: none */
	struct secret key;   /* of the certificate */
	/* Who asks: the first of these that there is. */
	const char *token_file; /* read again every time */
	struct secret token;
	const char *user; /* with the password */
	struct secret password;
	const char *const *argv; /* a program that knows; ended by NULL */
	const char *const *env;	 /* "NAME=VALUE", more for it; ended by NULL */
	const char *exec_version;
	const char *hint;      /* how it is installed; or NULL */
	const char *server_id; /* of Entra, where the program is kubelogin; or NULL */
	bool wants_cluster;    /* the program is told of the cluster */
};

/* `files` are paths, ':' between them, of which the first that names a thing counts;
 * NULL: KUBECONFIG, or ~/.kube/config. NULL context: the current one. Whatever of it
 * this program would not heed is an error, never left out silently. kubeconfig_fini is
 * due either way. */
bool kubeconfig_load(struct kubeconfig *k, const char *files, const char *context,
		     struct err *err) MUST_CHECK;
void kubeconfig_fini(struct kubeconfig *k);

#endif
