/* The only client I/O: one curl_multi on the loop. Requests are values; answers
 * come to a callback, exactly once. Retries, deadlines, caps and the rate
 * governor are inside. Thread: core. */
#ifndef AZ_NET_HTTP_H
#define AZ_NET_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/log.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "net/http_auth.h"
#include "net/loop.h"

struct http;

struct http_options {
	const char *ca_file; /* NULL: as curl finds it */
	const char *ca_dir;  /* hashed, as OpenSSL has it; NULL likewise */
	const char *proxy;   /* NULL: as the environment says */
	const char *user_agent;
	size_t max_connections; /* per host; 0: the default */
	struct log *log;	/* may be NULL */
};

struct http *http_new(struct loop *loop, const struct http_options *options,
		      struct err *err) MUST_CHECK;
void http_free(struct http *http);

enum http_method { HTTP_GET, HTTP_POST, HTTP_PUT, HTTP_PATCH, HTTP_DELETE };

struct http_header {
	struct str name;
	struct str value;
};

/* What an answer says about the calls after it. */
struct http_pace {
	int64_t retry_ms;     /* after a refusal, stay away so long; -1: not said */
	int64_t pause_ms;     /* after a good answer too; 0: not said */
	int64_t space_ms;     /* between two starts; 0: not said */
	int64_t left;	      /* calls in the tightest bucket; -1: not said */
	bool is_exact;	      /* the space is all there is to keep, none before counts */
	bool is_told;	      /* so it is where no other call was on its way */
	bool is_one_resource; /* a 429 that is about one thing: others may go on */
};
struct http_response;
/* Reads the headers a service has beside Retry-After; *pace says nothing yet. */
typedef void (*http_pace_fn)(const struct http_response *response,
			     struct http_pace *pace);

/* Everything is copied by http_send. */
struct http_request {
	enum http_method method;
	struct str url;
	const struct http_header *headers;
	size_t n_headers;
	struct str body;
	const struct http_auth *auth; /* NULL: nobody in particular */
	const struct http_tls *tls;   /* NULL: as for every server */
	struct str governor_key;      /* host and credential; empty: the host alone */
	http_pace_fn pace;	      /* NULL: Retry-After alone */
	int64_t deadline_ms;	      /* in all, with retries; 0: the default; < 0: none,
				  * for streams */
	/* Beyond the deadline, so long may it wait for its turn where requests are paced:
	 * the deadline counts from its first try then. */
	int64_t patience_ms;
	size_t max_bytes;    /* of the answer; 0: the default (32 MiB) */
	bool is_idempotent;  /* a POST that only reads; GETs always are */
	bool is_single;	     /* one try: the caller has rules of its own */
	bool is_interactive; /* before all others, short waits, give up early */
	bool allow_plain;    /* http:// to a host that is not local */
	bool is_secret;	     /* so is the answer: its bytes are wiped when they go */
	/* A probe: the handshake of an https:// URL and nothing more. Whoever answers
	 * is taken, and what he showed is in the response's `shown`. */
	bool is_probe;
	struct str
		connect_to; /* of a probe: "host:port" in place of the URL's; or empty */
	/* Streaming: called for each chunk of a 2xx answer, no body is kept and
	 * nothing is retried once bytes came. false stops the transfer; never
	 * call http_cancel from here. */
	bool (*on_chunk)(struct str bytes, void *ctx);
	/* Of a stream that may say nothing for hours, not even that it has begun: it
	 * takes its turn to ask, and no place among those that wait for answers. */
	bool is_quiet;
};

/* What a server showed of itself, its own certificate first. */
enum { HTTP_MAX_CHAIN = 10 };
struct http_shown {
	struct str pem[HTTP_MAX_CHAIN];
	size_t n;
	long verdict; /* X509_V_OK or why the chain would not be trusted */
};

struct http_response {
	int status;	    /* 0: no answer; see err. A probe that came through: 200 */
	struct strbuf body; /* sanitise before drawing */
	const struct http_header *headers;
	size_t n_headers;
	int64_t elapsed_ms; /* all tries */
	int tries;
	struct http_shown shown; /* of a probe */
	struct err err;		 /* ERR_NONE when an answer came, of any status */
};

/* Empty when absent; names compare without case. */
struct str http_header_find(const struct http_response *r, const char *name);

/* The response is borrowed for the call; take its body to keep it. */
typedef void (*http_done_fn)(struct http_response *response, void *ctx);

/* Never fails here: failures come to `done` like answers, later, not within the
 * call. The id is for http_cancel and is not reused. */
uint64_t http_send(struct http *http, const struct http_request *request,
		   http_done_fn done, void *ctx);
/* `done` comes with ERR_CANCELLED, within the call; unknown ids are ignored. */
void http_cancel(struct http *http, uint64_t id);

#endif
