/* One logical call to Azure (or a sibling API): token, every page, error
 * envelope, one 401 refresh. What comes back is one JSON document or a typed
 * error. Thread: core. */
#ifndef AZ_AZURE_API_H
#define AZ_AZURE_API_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>

#include "auth/credential.h"
#include "base/err.h"
#include "base/str.h"
#include "net/http.h"

/* One row a kind in azure/kinds.c: name, base, paging, scope, what it sends along. */
#define CONN_KIND_LIST(X)                                                                \
	X(ARM)                                                                           \
	X(DEVOPS)                                                                        \
	X(LOG_ANALYTICS)                                                                 \
	X(APP_INSIGHTS)                                                                  \
	X(KEY_VAULT)                                                                     \
	X(BLOB)                                                                          \
	X(OPENAI)                                                                        \
	X(FABRIC)                                                                        \
	X(PURVIEW)                                                                       \
	X(K8S)                                                                           \
	X(PROMETHEUS)                                                                    \
	X(ALERTMANAGER)                                                                  \
	X(GRAFANA)                                                                       \
	X(ELASTICSEARCH)                                                                 \
	X(KIBANA)                                                                        \
	X(GITHUB)                                                                        \
	X(GITLAB)                                                                        \
	X(JENKINS)                                                                       \
	X(TERRAFORM)                                                                     \
	X(ZENDESK)                                                                       \
	X(INTERCOM)                                                                      \
	X(PAGERDUTY)                                                                     \
	X(OPSGENIE)                                                                      \
	X(ATLAS)                                                                         \
	X(SUPABASE)                                                                      \
	X(SAGEMAKER)                                                                     \
	X(SHIELD)                                                                        \
	X(VERTEX)                                                                        \
	X(OLLAMA)                                                                        \
	X(TLS)                                                                           \
	X(DECK)                                                                          \
	X(HTTP)

enum conn_kind {
#define X(id) CONN_##id,
	CONN_KIND_LIST(X)
#undef X
		CONN_KIND_COUNT
};
const char *conn_kind_name(enum conn_kind kind);
bool conn_kind_find(struct str name, enum conn_kind *out);

/* How to reach a system. Fixed after the configuration is read. */
struct paging_rule;
struct connection {
	char *name; /* "azure", "devops": unique */
	enum conn_kind kind;
	char *base_url;		       /* no trailing slash */
	char *scope;		       /* token scope; NULL: the kind's own */
	struct credential *credential; /* borrowed */
	const struct http_tls *tls;    /* borrowed; NULL: as for every server */
	/* What boards may read of it: {"name": ..., settings of its kind}. Owned; NULL:
	 * nothing. */
	cJSON *about;
};

struct api;

/* What azdeck knows itself, asked like a service: the answer to a path of a `deck`
 * connection. Zeroed before it is asked. */
struct api_local {
	cJSON *json;	  /* given; NULL with err: it failed; with err: it is partial */
	bool is_early;	  /* not yet: ask again */
	bool is_filling;  /* there will be more of it; whoever says so tells when */
	int64_t known_ms; /* what it says is of this moment; 0: of now */
	struct err err;
};
typedef void (*api_local_fn)(void *ctx, struct str path, struct api_local *answer);

struct api *api_new(struct http *http, struct loop *loop, struct log *log);
void api_free(struct api *api);
void api_set_local(struct api *api, api_local_fn fn, void *ctx);
/* What was too early to answer may be answered now: it is asked again at once. */
void api_local_again(struct api *api);

/* Everything is copied. `path` begins with '/', has its api-version, and is
 * already percent-encoded. */
enum { API_ALSO_MAX = 4 };
struct api_call {
	const struct connection *connection;
	enum http_method method;
	struct str path;
	/* In place of the path: a whole address that Azure gave (an operation's). It
	 * is asked to the letter, and only when it is on the connection's cloud. */
	struct str url;
	struct str body; /* JSON or empty */
	const struct http_header *headers;
	size_t n_headers;
	bool is_read; /* a POST that only reads: may be retried, paged */
	bool is_interactive;
	bool may_be_empty;   /* a GET without an answer: an operation that goes on */
	bool is_secret;	     /* the answer holds secrets: whoever takes it wipes it */
	int64_t deadline_ms; /* 0: the kind's default, per page */
	int64_t patience_ms; /* to wait for its turn, on top of that */
	int max_pages;	     /* 0: the default */
	const struct paging_rule *paging; /* NULL: the kind's */
	/* Statuses beside 2xx whose JSON is an answer too, as that of a health check
	 * that says 503; ended by 0. */
	int also_status[API_ALSO_MAX];
};

struct api_answer {
	cJSON *json; /* all pages as one; NULL on error or 204; take it to keep it */
	int status;
	int pages;
	bool is_partial; /* a page cap, or a 200 that carries an error */
	bool is_filling; /* more of it is on its way: see api_local */
	bool is_unheard; /* with err: it had no token, or one that is good for nothing */
	int64_t elapsed_ms;
	int64_t known_ms; /* wall time of what it says, where that is not now; 0 */
	size_t bytes;
	int throttle_left;   /* -1: not said */
	char request_id[64]; /* the provider's, for error details */
	/* Of the last page, for long-running operations; borrowed for the call and
	 * empty when absent. */
	struct str async_operation, location;
	int64_t retry_after_ms; /* -1: not said */
	struct err err;		/* ERR_NONE, or why; is_partial says why in text too */
};
typedef void (*api_done_fn)(struct api_answer *answer, void *ctx);

/* `done` comes later, exactly once. */
uint64_t api_start(struct api *api, const struct api_call *call, api_done_fn done,
		   void *ctx);
/* `done` does not come. */
void api_cancel(struct api *api, uint64_t id);

#endif
