/* Puts a world behind HTTP. Thread: core. The daemon has an epoll descriptor of
 * its own; the loop watches that one and the daemon's next deadline, so an idle
 * simulator costs no wake-up. */
#include "sim/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/xalloc.h"

#define MAX_CONNECTIONS	 128
#define CONNECTION_BYTES (16 * 1024)
#define IDLE_TIMEOUT_S	 120
#define BACKLOG		 64
#define FLOW_BYTES	 (16 * 1024)
#define FLOW_CUT_BYTES	 4001 /* in the middle of a line, most likely */
#define FLOW_PAUSE_MS	 200  /* between two looks at what there is more of it */

struct server {
	struct world *world;
	struct loop *loop;
	struct exchange *kept; /* whose answers are kept back */
	struct MHD_Daemon *daemon;
	uv_poll_t poll;
	uv_timer_t timer;
	int open_handles;
	bool is_private;
	char url[64];
};

/* One exchange, from its request line to the end of its answer. */
struct exchange {
	struct exchange *next; /* of the kept, whose connections are suspended */
	struct server *server;
	struct MHD_Connection *connection;
	struct loop_timer *timer; /* of one that is kept */
	char *target;
	struct strbuf body;
	bool has_begun; /* the daemon's first call, before any body, has come */
	bool was_kept;
	struct reply_flow flow; /* that it is read from */
	uint64_t flow_ends;	/* it is cut there; 0: it is not */
};

static void *on_target(void *ctx, const char *target, struct MHD_Connection *connection)
{
	struct exchange *x = xcalloc(1, sizeof(*x));

	x->server = ctx;
	x->connection = connection;
	x->target = xstrndup(target, REQUEST_MAX_TARGET + 1);
	strbuf_init(&x->body, REQUEST_MAX_BODY);
	return x;
}

static void on_completed(void *ctx, struct MHD_Connection *connection, void **own,
			 enum MHD_RequestTerminationCode code)
{
	struct exchange *x = *own;

	(void)ctx;
	(void)connection;
	(void)code;
	if (!x)
		return;
	if (x->flow.free)
		x->flow.free(x->flow.ctx);
	free(x->target);
	strbuf_fini(&x->body);
	free(x);
	*own = NULL;
}

static struct str header(struct MHD_Connection *connection, const char *name)
{
	return str_from(MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name));
}

static void turn(struct server *s);

static void go_on(void *ctx)
{
	struct exchange *x = ctx, **at = &x->server->kept;

	while (*at != x)
		at = &(*at)->next;
	*at = x->next;
	x->timer = NULL;
	MHD_resume_connection(x->connection);
	turn(x->server);
}

/* The daemon asks for its answer, or what there is more of it, again when it is
 * resumed. */
static void keep(struct exchange *x, int64_t ms)
{
	x->next = x->server->kept;
	x->server->kept = x;
	MHD_suspend_connection(x->connection);
	x->timer = loop_timer_start(x->server->loop, ms, go_on, x);
}

static ssize_t read_flow(void *ctx, uint64_t at, char *out, size_t n)
{
	struct exchange *x = ctx;
	bool is_over = false;
	size_t got;

	if (x->flow_ends && at >= x->flow_ends)
		return MHD_CONTENT_READER_END_WITH_ERROR;
	if (x->flow_ends && n > x->flow_ends - at)
		n = (size_t)(x->flow_ends - at);
	got = x->flow.read(x->flow.ctx, out, n, &is_over);
	if (got)
		return (ssize_t)got;
	if (is_over)
		return MHD_CONTENT_READER_END_OF_STREAM;
	keep(x, x->flow.pause_ms ? x->flow.pause_ms : FLOW_PAUSE_MS);
	return 0;
}

/* The first half of a body, and then no more. */
struct half {
	struct strbuf body;
};

static ssize_t read_half(void *ctx, uint64_t at, char *out, size_t n)
{
	const struct half *half = ctx;
	struct str left = str_sub(strbuf_str(&half->body), (size_t)at, n);

	if (at >= half->body.n)
		return MHD_CONTENT_READER_END_WITH_ERROR;
	memcpy(out, left.p, left.n);
	return (ssize_t)left.n;
}

static void free_half(void *ctx)
{
	struct half *half = ctx;

	strbuf_fini(&half->body);
	free(half);
}

static struct MHD_Response *half_response(struct reply *rep)
{
	struct half *half = xcalloc(1, sizeof(*half));
	size_t n = rep->body.n;

	half->body = rep->body;
	strbuf_init(&rep->body, 1);
	strbuf_cut(&half->body, n / 2);
	return MHD_create_response_from_callback(n, 4096, read_half, half, free_half);
}

static struct MHD_Response *flow_response(struct exchange *x, struct reply *rep)
{
	x->flow = rep->flow;
	x->flow_ends = rep->end == REPLY_CUT ? FLOW_CUT_BYTES : 0;
	rep->flow = (struct reply_flow){0};
	return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, FLOW_BYTES, read_flow,
						 x, NULL);
}

static enum MHD_Result send_reply(struct exchange *x, struct reply *rep)
{
	struct MHD_Connection *connection = x->connection;
	size_t n = rep->body.n;
	struct MHD_Response *response;
	enum MHD_Result result;

	if (rep->flow.read)
		response = flow_response(x, rep);
	else if (rep->end == REPLY_CUT)
		response = half_response(rep);
	else if (rep->body.cap)
		response = MHD_create_response_from_buffer(n, strbuf_take(&rep->body),
							   MHD_RESPMEM_MUST_FREE);
	else
		response = MHD_create_response_from_buffer(0, (char[]){""},
							   MHD_RESPMEM_MUST_COPY);
	if (!response)
		return MHD_NO;
	for (size_t i = 0; i < rep->n_headers; i++)
		MHD_add_response_header(response, rep->headers[i].name,
					rep->headers[i].value);
	result = MHD_queue_response(connection, (unsigned)rep->status, response);
	MHD_destroy_response(response);
	return result;
}

static bool is_own_host(const struct server *s, struct str host)
{
	return str_eq(host, str_from(s->url + sizeof("http://") - 1));
}

static void answer(struct server *s, struct MHD_Connection *connection,
		   const struct exchange *x, const char *method, struct reply *rep,
		   struct request *req)
{
	bool is_whole = request_init(req, sim_method_parse(str_from(method)),
				     str_from(x->target));
	struct str host = header(connection, "Host");
	bool is_secure =
		str_eq_nocase(header(connection, "X-Forwarded-Proto"), STR("https"));
	struct strbuf base;

	reply_init(rep, &req->arena);
	strbuf_init(&base, 512);
	/* Behind a proxy that ends TLS, links must lead back through it. */
	if (host.n)
		strbuf_printf(&base, "%s://%.*s", is_secure ? "https" : "http",
			      STR_ARG(host));
	else
		strbuf_puts(&base, s->url);
	req->base = arena_str(&req->arena, strbuf_str(&base));
	strbuf_fini(&base);
	req->authorization = header(connection, "Authorization");
	req->correlation_id = header(connection, "x-ms-correlation-request-id");
	req->operation = header(connection, "X-Amz-Target");
	req->accept = header(connection, "Accept");
	req->if_match = header(connection, "If-Match");
	req->content_type = header(connection, "Content-Type");
	req->from = header(connection, "From");
	req->api_key = header(connection, "api-key");
	req->body = strbuf_str(&x->body);
	req->was_kept = x->was_kept;
	if (s->is_private && !is_own_host(s, host))
		reply_error(rep, 421, "MisdirectedRequest",
			    "The host of the request is not the one it was sent to.");
	else if (!is_whole)
		reply_error(rep, 400, "BadRequest", "The request target is malformed.");
	else if (x->body.overflow)
		reply_error(
			rep, 413, "RequestEntityTooLarge",
			"The request content size exceeds the maximum size of %d bytes.",
			REQUEST_MAX_BODY);
	else
		world_answer(s->world, req, rep);
}

static enum MHD_Result on_request(void *ctx, struct MHD_Connection *connection,
				  const char *url, const char *method,
				  const char *version, const char *upload,
				  size_t *n_upload, void **own)
{
	struct exchange *x = *own;
	struct request req;
	struct reply rep;
	enum MHD_Result result;

	(void)url;
	(void)version;
	if (!x)
		return MHD_NO;
	if (!x->has_begun) {
		x->has_begun = true;
		return MHD_YES;
	}
	if (*n_upload) {
		strbuf_put(&x->body, (struct str){.p = upload, .n = *n_upload});
		*n_upload = 0;
		return MHD_YES;
	}
	answer(ctx, connection, x, method, &rep, &req);
	if (rep.end == REPLY_KEPT) {
		x->was_kept = true;
		keep(x, rep.keep_ms);
	}
	result = rep.end == REPLY_KEPT	    ? MHD_YES
		 : rep.end == REPLY_DROPPED ? MHD_NO
					    : send_reply(x, &rep);
	reply_fini(&rep);
	request_fini(&req);
	return result;
}

static void on_timer(uv_timer_t *timer)
{
	turn(timer->data);
}

static void on_ready(uv_poll_t *poll, int status, int events)
{
	(void)status;
	(void)events;
	turn(poll->data);
}

static void turn(struct server *s)
{
	MHD_UNSIGNED_LONG_LONG wait_ms = 0;

	MHD_run(s->daemon);
	if (MHD_get_timeout(s->daemon, &wait_ms) == MHD_YES)
		uv_timer_start(&s->timer, on_timer, wait_ms, 0);
	else
		uv_timer_stop(&s->timer);
}

/* -1 with err set. */
static int listen_on(const char *where, struct err *err)
{
	struct str text = str_from(where), host, port;
	struct sockaddr_in addr = {.sin_family = AF_INET};
	char name[64];
	int64_t number = -1;
	ptrdiff_t colon = str_find_char(text, ':');
	int fd, one = 1;

	host = str_sub(text, 0, colon < 0 ? text.n : (size_t)colon);
	port = colon < 0 ? (struct str){0} : str_sub(text, (size_t)colon + 1, text.n);
	snprintf(name, sizeof(name), "%.*s", STR_ARG(host));
	if (!str_to_i64(port, &number) || number < 0 || number > 65535 ||
	    inet_pton(AF_INET, name, &addr.sin_addr) != 1) {
		err_set(err, ERR_USAGE,
			"cannot listen on '%s': give ADDRESS:PORT such as "
			"127.0.0.1:0",
			where);
		return -1;
	}
	addr.sin_port = htons((uint16_t)number);
	fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) == 0 &&
	    bind(fd, (struct sockaddr *)&addr, sizeof(addr)) == 0 &&
	    listen(fd, BACKLOG) == 0)
		return fd;
	err_errno(err, ERR_NETWORK, errno, "cannot listen on %s", where);
	if (fd >= 0)
		close(fd);
	return -1;
}

static void put_url(struct server *s, int fd)
{
	struct sockaddr_in addr = {0};
	socklen_t n = sizeof(addr);
	char name[INET_ADDRSTRLEN] = "";

	getsockname(fd, (struct sockaddr *)&addr, &n);
	inet_ntop(AF_INET, &addr.sin_addr, name, sizeof(name));
	snprintf(s->url, sizeof(s->url), "http://%s:%u", name, ntohs(addr.sin_port));
}

struct server *server_new(struct loop *loop, const char *listen, struct world *world,
			  bool is_private, struct err *err)
{
	int fd = server_late_load(err) ? listen_on(listen, err) : -1;
	const union MHD_DaemonInfo *info;
	struct server *s;

	if (fd < 0)
		return NULL;
	s = xcalloc(1, sizeof(*s));
	s->world = world;
	s->loop = loop;
	s->is_private = is_private;
	put_url(s, fd);
	s->daemon = MHD_start_daemon(
		MHD_USE_EPOLL | MHD_USE_SUPPRESS_DATE_NO_CLOCK | MHD_ALLOW_SUSPEND_RESUME,
		0, NULL, NULL, on_request, s, MHD_OPTION_LISTEN_SOCKET, fd,
		MHD_OPTION_URI_LOG_CALLBACK, on_target, s, MHD_OPTION_NOTIFY_COMPLETED,
		on_completed, s, MHD_OPTION_CONNECTION_LIMIT, (unsigned)MAX_CONNECTIONS,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_BYTES,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_TIMEOUT_S, MHD_OPTION_END);
	info = s->daemon ? MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_EPOLL_FD)
			 : NULL;
	if (!info) {
		err_set(err, ERR_NETWORK, "cannot serve on %s: the HTTP library refused",
			listen);
		close(fd);
		free(s);
		return NULL;
	}
	uv_poll_init(loop_uv(loop), &s->poll, info->epoll_fd);
	uv_timer_init(loop_uv(loop), &s->timer);
	s->poll.data = s->timer.data = s;
	s->open_handles = 2;
	uv_poll_start(&s->poll, UV_READABLE, on_ready);
	return s;
}

static void on_closed(uv_handle_t *handle)
{
	struct server *s = handle->data;

	if (--s->open_handles == 0)
		free(s);
}

void server_free(struct server *s)
{
	if (!s)
		return;
	uv_poll_stop(&s->poll);
	uv_timer_stop(&s->timer);
	for (struct exchange *x = s->kept; x; x = x->next) {
		loop_timer_stop(x->timer);
		MHD_resume_connection(x->connection);
	}
	MHD_stop_daemon(s->daemon);
	uv_close((uv_handle_t *)&s->poll, on_closed);
	uv_close((uv_handle_t *)&s->timer, on_closed);
}

const char *server_url(const struct server *s)
{
	return s->url;
}
