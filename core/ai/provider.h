/* The kinds of model server: where each is, how it is spoken to, what its tokens are
 * asked for, and how it is made to read its model into memory. A kind is a row. Thread:
 * any (const). */
#ifndef AZ_AI_PROVIDER_H
#define AZ_AI_PROVIDER_H

#include "ai/dialect.h"
#include "base/strbuf.h"

struct provider_kind {
	const char *name, *title;
	const char *base;  /* where it is unless it is said; NULL: it has to be */
	const char *scope; /* of Entra's tokens; NULL: it takes none */
	/* Between the base and the path of a dialect that OpenAI made. */
	const char *prefix;
	enum dialect dialect; /* unless another one is said */
	bool is_local;	      /* unless it is said */
	/* What its address has in it instead of the body where api_version is said. */
	bool has_deployments;
	/* Asked once, so that the model is in memory when the first question comes;
	 * `warm_body` has %s for its name, NULL: a GET. NULL: nothing is to be done. */
	const char *warm_path, *warm_body;
	const char *loaded_path; /* which models are in memory; NULL: it does not say */
};

/* NULL behind the last one. */
const struct provider_kind *provider_kind_at(size_t i);
/* NULL when there is none. */
const struct provider_kind *provider_kind_find(struct str name);

/* One server, as it is asked. */
struct provider {
	const struct provider_kind *kind;
	const char *base, *model;
	const char *api_version; /* NULL: none */
	enum dialect dialect;
};
/* Where questions go. */
void provider_put_url(const struct provider *p, struct strbuf *out);
/* Where texts are made vectors of. */
void provider_put_embed_url(const struct provider *p, struct strbuf *out);
/* Another path of it, behind the base. */
void provider_put_path(const struct provider *p, const char *path, struct strbuf *out);

#endif
