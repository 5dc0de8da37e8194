/* One HTTP request, taken apart: decoded path segments, query and the parts of
 * the path a route named. Everything from outside is capped here. Thread: core. */
#ifndef AZ_SIM_REQUEST_H
#define AZ_SIM_REQUEST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"

enum sim_method { SIM_GET, SIM_POST, SIM_PUT, SIM_PATCH, SIM_DELETE, SIM_OTHER };

#define REQUEST_MAX_TARGET   8192
#define REQUEST_MAX_BODY     (256 * 1024)
#define REQUEST_MAX_SEGMENTS 32
#define REQUEST_MAX_QUERY    24
#define REQUEST_MAX_PARAMS   8

struct request_pair {
	struct str name;
	struct str value;
};

struct request {
	enum sim_method method;
	struct str target; /* path and query as sent */
	struct str path;   /* as sent */
	struct str base;   /* "http://host:port", for links back to us */
	struct str authorization;
	struct str correlation_id;
	struct str operation; /* X-Amz-Target: what is wanted of an AWS service */
	struct str accept;
	struct str if_match;	 /* empty: none */
	struct str content_type; /* of the body */
	struct str from;	 /* who writes */
	struct str api_key;	 /* in place of a token, to models */
	struct str body;
	bool was_kept; /* its answer was kept back once; see REPLY_KEPT */
	struct str segments[REQUEST_MAX_SEGMENTS]; /* decoded */
	size_t n_segments;
	struct request_pair query[REQUEST_MAX_QUERY]; /* decoded */
	size_t n_query;
	struct request_pair params[REQUEST_MAX_PARAMS]; /* by the route */
	size_t n_params;
	struct arena arena; /* dies with the request; replies use it too */
};

/* False when the target is malformed; request_fini is due either way. The target
 * is borrowed. */
bool request_init(struct request *r, enum sim_method method, struct str target);
void request_fini(struct request *r);

enum sim_method sim_method_parse(struct str name);
/* Empty when absent. Query names compare without case. */
struct str request_query(const struct request *r, const char *name);
bool request_has_query(const struct request *r, const char *name);
struct str request_param(const struct request *r, const char *name);
/* The path, as sent, without its last `n` parts. */
struct str request_above(const struct request *r, int n);

#endif
