/* The inside of http.h: one request's life, shared by the files of the client.
 * Thread: core. */
#ifndef AZ_NET_HTTP_TRANSFER_H
#define AZ_NET_HTTP_TRANSFER_H

#include <curl/curl.h>

#include "base/arena.h"
#include "base/rng.h"
#include "base/secret.h"
#include "base/vec.h"
#include "net/governor.h"
#include "net/http.h"

enum transfer_state {
	TRANSFER_QUEUED,  /* waits for the governor */
	TRANSFER_RUNNING, /* curl has it */
	TRANSFER_BACKOFF, /* waits before the next try */
	TRANSFER_DONE,
};

/* How a URL is reached. */
struct http_route {
	bool is_plain; /* http:// */
	bool is_local; /* loopback or link-local: plain http and no proxy */
};

struct transfer {
	struct transfer *next;
	struct http *http;
	uint64_t id;
	enum transfer_state state;

	/* the request, copied */
	struct arena arena;
	struct http_request request;
	struct http_route route; /* of its URL */
	struct http_auth auth;	 /* in the arena; wiped when the request goes */
	struct http_tls tls;
	struct str key; /* of the governor */
	http_done_fn done;
	void *ctx;

	/* this try */
	CURL *easy;
	struct curl_slist *header_list;
	struct curl_slist *connect_list; /* of a probe */
	char curl_error[CURL_ERROR_SIZE];
	struct loop_timer *timer; /* backoff */
	bool has_streamed;	  /* chunks were handed over: no retry */
	bool is_stopped;	  /* on_chunk said stop */
	bool is_released;	  /* a stream that flows no longer counts */

	/* the answer */
	struct http_response response;
	VEC(struct http_header) headers;
	size_t header_bytes;
	struct arena header_arena;

	struct loop_timer *deadline;
	int64_t started_ms;
	int64_t deadline_ms; /* after the start; < 0: none */
	int64_t patience_ms; /* until the first try; then 0 */
};

struct http {
	struct loop *loop;
	CURLM *multi;
	uv_timer_t *timer;
	struct transfer *first; /* oldest first */
	struct governor governor;
	int per_host;  /* connections, streams apart */
	int n_flowing; /* streams the governor no longer counts */
	struct rng rng;
	struct log *log;
	uint64_t last_id;
	struct loop_timer *pump_timer;
	char *user_agent;
	char *ca_file;
	char *ca_dir;
	char *proxy;
	struct x509_store_st *trusted; /* by probes; NULL: not read yet */
};

enum {
	HTTP_MAX_HEADERS = 200,
	HTTP_MAX_HEADER_BYTES = 128 * 1024,
	HTTP_CONNECT_MS = 10000,
	HTTP_DEADLINE_MS = 60000,
	HTTP_PER_HOST = 8,
	HTTP_MAX_IDLE = 256, /* connections kept */
};

/* http_curl.c: makes the easy handle of a try. */
bool http_curl_prepare(struct transfer *t, struct err *err) MUST_CHECK;
/* Frees it and wipes the header list, which holds the token. */
void http_curl_drop(struct transfer *t);

/* http_identity.c: who asks. */
/* No line end or control byte in what goes into headers. */
bool http_identity_is_sound(const struct http_auth *auth);
/* The header line of it; false when it takes none. */
bool http_identity_header(const struct http_auth *auth, struct strbuf *line);
/* What curl does itself: challenges, signatures, certificates. */
void http_identity_set(struct transfer *t);
bool http_is_one_line(struct str s);

/* http_late.c: curl is loaded when it is first called; here is who says why not. */
bool http_late_load(struct err *err) MUST_CHECK;
CURLUcode http_late_url_get(CURLU *url, CURLUPart part, char **text, unsigned flags);

/* http_probe.c: the handshake alone, of whoever answers. */
bool http_probe_prepare(struct transfer *t, struct err *err) MUST_CHECK;
/* Frees the authorities that probes read. */
void http_probe_forget(struct http *http);
/* Takes over what the server showed. */
void http_probe_take(struct transfer *t);

/* http_error.c */
void http_error_from_curl(const struct transfer *t, CURLcode code, struct err *err);
/* The host of a URL with its port, borrowed. */
struct str http_url_host(struct str url);
/* By curl's own parser, so that it is the host curl would call. */
struct http_route http_url_route(struct str url);

/* http_socket.c: the multi handle on the loop. */
bool http_socket_start(struct http *http, struct err *err) MUST_CHECK;
void http_socket_stop(struct http *http);
/* As many connections to a host as may be used; a stream that flows has its own. */
void http_socket_limit(struct http *http);

/* http.c: the first chunk of a stream came. */
void http_transfer_flows(struct transfer *t);
/* curl says this try ended. */
void http_transfer_ended(struct transfer *t, CURLcode code);

#endif
