/* Services beside Azure Resource Manager, each below a root of its own ("/_github").
 * They differ in how they refuse and in how they say what is left; what is alike
 * stands here. A new one is a row of services[] and its routes. Thread: core. */
#ifndef AZ_SIM_SERVICE_H
#define AZ_SIM_SERVICE_H

#include "sim/world.h"

/* The request is below the root of one of them. */
bool service_is_asked(const struct request *req);
/* Drops the body so far and refuses in the words of the service that is asked. The
 * code is for those that have codes. */
void service_error(const struct request *req, struct reply *rep, int status,
		   const char *code, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));

/* A page of a list that is numbered: "page" and "per_page" as most call them. */
struct service_page {
	size_t from, to;
	int64_t number, next; /* from 1 on; next 0: this is the last */
	size_t size, total;
};
/* What does not parse counts as not said. */
struct service_page service_page_of(const struct request *req, const char *size_name,
				    size_t size, size_t total);
/* The caller's own address with page=N; in the request's arena. */
const char *service_page_link(const struct request *req, struct arena *arena,
			      const char *name, int64_t page);
/* Link: <...>; rel="next" and its kin, as GitHub and GitLab write it. */
void service_put_link(const struct request *req, struct reply *rep,
		      const struct service_page *page);

#endif
