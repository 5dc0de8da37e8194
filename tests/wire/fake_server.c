/* See fake_server.h. A connection handles one request at a time; its memory goes
 * in its close callback, the server's with the last handle. */
#include "wire/fake_server.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "base/xalloc.h"

enum { IN_MAX = 16 << 20, OUT_MAX = 80 << 20 };

struct row {
	const char *method, *target;
	struct fake_reply reply;
	bool is_used;
};

struct fake_server {
	uv_tcp_t tcp;
	struct loop *loop;
	struct peer *peers;
	VEC(struct row) rows;
	VEC(struct fake_request) requests;
	struct arena arena;
	size_t n_handles, n_unexpected, n_connections;
	int port;
	char url[40];
};

struct peer {
	uv_tcp_t tcp;
	struct peer *next;
	struct fake_server *fs;
	size_t number;
	struct strbuf in, out;
	struct fake_reply reply; /* of the request being answered */
	bool is_busy, is_closing;
	struct loop_timer *timer;
	uv_write_t write;
	size_t sent; /* of out */
	char room[16384];
};

static void serve(struct peer *p);

static void let_go(struct fake_server *fs)
{
	if (--fs->n_handles)
		return;
	vec_fini(&fs->rows);
	vec_fini(&fs->requests);
	arena_fini(&fs->arena);
	free(fs);
}

static void peer_closed(uv_handle_t *handle)
{
	struct peer *p = handle->data;
	struct peer **at = &p->fs->peers;

	while (*at != p)
		at = &(*at)->next;
	*at = p->next;
	strbuf_fini(&p->in);
	strbuf_fini(&p->out);
	let_go(p->fs);
	free(p);
}

static void peer_close(struct peer *p, bool with_reset)
{
	if (p->is_closing)
		return;
	p->is_closing = true;
	loop_timer_stop(p->timer);
	p->timer = NULL;
	if (!with_reset || uv_tcp_close_reset(&p->tcp, peer_closed) < 0)
		uv_close((uv_handle_t *)&p->tcp, peer_closed);
}

/* Everything that is to be written was. */
static void answered(struct peer *p)
{
	enum fake_end end = p->reply.end;

	if (end == FAKE_HANG)
		return;
	if (end != FAKE_KEEP) {
		peer_close(p, end == FAKE_RESET);
		return;
	}
	p->is_busy = false;
	serve(p);
}

static void write_piece(void *ctx);

static void written(uv_write_t *write, int status)
{
	struct peer *p = write->data;

	if (p->is_closing)
		return;
	if (status < 0)
		peer_close(p, false);
	else if (p->sent == p->out.n)
		answered(p);
	else if (p->reply.drip_ms)
		p->timer =
			loop_timer_start(p->fs->loop, p->reply.drip_ms, write_piece, p);
	else
		write_piece(p);
}

static void write_piece(void *ctx)
{
	struct peer *p = ctx;
	size_t n = p->out.n - p->sent;
	uv_buf_t buf;

	p->timer = NULL;
	if (!n) {
		answered(p);
		return;
	}
	if (p->reply.piece_bytes && p->reply.piece_bytes < n)
		n = p->reply.piece_bytes;
	buf = uv_buf_init(p->out.p + p->sent, (unsigned)n);
	p->sent += n;
	p->write.data = p;
	if (uv_write(&p->write, (uv_stream_t *)&p->tcp, &buf, 1, written) < 0)
		peer_close(p, false);
}

static bool is_cut(const struct fake_reply *r)
{
	return r->end == FAKE_CUT || r->end == FAKE_RESET || r->end == FAKE_HANG;
}

static void put_chunks(struct strbuf *out, struct str body, size_t each)
{
	for (size_t at = 0; at < body.n; at += each) {
		struct str chunk = str_sub(body, at, each);

		strbuf_printf(out, "%zx\r\n", chunk.n);
		strbuf_put(out, chunk);
		strbuf_puts(out, "\r\n");
	}
}

static void put_answer(struct strbuf *out, const struct fake_reply *r)
{
	struct str body = is_cut(r) ? str_sub(r->body, 0, r->cut_at) : r->body;
	struct str headers = str_from(r->headers ? r->headers : "");

	if (!r->status)
		return;
	strbuf_printf(out, "HTTP/1.1 %d Canned\r\n", r->status);
	strbuf_put(out, headers);
	if (str_find(headers, STR("Content-Type:")) < 0)
		strbuf_puts(out, "Content-Type: application/json; charset=utf-8\r\n");
	if (r->is_chunked)
		strbuf_puts(out, "Transfer-Encoding: chunked\r\n");
	else if (r->status != 204)
		strbuf_printf(out, "Content-Length: %zu\r\n",
			      r->claimed_length ? r->claimed_length : r->body.n);
	strbuf_puts(out, r->end == FAKE_CLOSE ? "Connection: close\r\n\r\n" : "\r\n");
	if (!r->is_chunked) {
		strbuf_put(out, body);
		return;
	}
	put_chunks(out, body, r->piece_bytes ? r->piece_bytes : 4096);
	if (!is_cut(r))
		strbuf_puts(out, "0\r\n\r\n");
}

/* The first row not used yet, else the last one that fits. */
static struct fake_reply pick(struct fake_server *fs, const struct fake_request *r)
{
	struct row *row, *last = NULL;

	vec_each (row, &fs->rows) {
		if (!str_eq(r->method, str_from(row->method)) ||
		    !str_eq(r->target, str_from(row->target)))
			continue;
		last = row;
		if (!row->is_used)
			break;
	}
	if (!last) {
		fs->n_unexpected++;
		return (struct fake_reply){
			.status = 404,
			.body = STR("{\"error\":{\"code\":\"NoRow\",\"message\":\"no "
				    "row\"}}"),
		};
	}
	last->is_used = true;
	return last->reply;
}

static struct str header_value(struct str head, const char *name)
{
	struct str line;

	while (str_next(&head, '\n', &line)) {
		ptrdiff_t colon = str_find_char(line, ':');

		if (colon > 0 &&
		    str_eq_nocase(str_sub(line, 0, (size_t)colon), str_from(name)))
			return str_trim(str_sub(line, (size_t)colon + 1, line.n));
	}
	return (struct str){0};
}

/* Cuts one whole request off what came; false while some of it is missing. */
static bool take_request(struct peer *p, struct fake_request *r)
{
	struct arena *a = &p->fs->arena;
	struct str in = strbuf_str(&p->in), line, head;
	ptrdiff_t end = str_find(in, STR("\r\n\r\n"));
	int64_t length = 0;

	if (end < 0)
		return false;
	head = str_sub(in, 0, (size_t)end);
	(void)str_to_i64(header_value(head, "content-length"), &length);
	if (in.n < (size_t)end + 4 + (size_t)length)
		return false;
	r->connection = p->number;
	r->body = arena_str(a, str_sub(in, (size_t)end + 4, (size_t)length));
	(void)str_next(&head, '\n', &line);
	r->head = arena_str(a, head);
	(void)str_next(&line, ' ', &head);
	r->method = arena_str(a, head);
	(void)str_next(&line, ' ', &head);
	r->target = arena_str(a, head);
	strbuf_consume(&p->in, (size_t)end + 4 + (size_t)length);
	return true;
}

static void serve(struct peer *p)
{
	struct fake_request r;

	if (p->is_busy || p->is_closing || !take_request(p, &r))
		return;
	p->is_busy = true;
	vec_push(&p->fs->requests, r);
	p->reply = pick(p->fs, &r);
	strbuf_reset(&p->out);
	p->sent = 0;
	put_answer(&p->out, &p->reply);
	if (p->reply.delay_ms)
		p->timer =
			loop_timer_start(p->fs->loop, p->reply.delay_ms, write_piece, p);
	else
		write_piece(p);
}

static void give_room(uv_handle_t *handle, size_t wanted, uv_buf_t *buf)
{
	struct peer *p = handle->data;

	(void)wanted;
	*buf = uv_buf_init(p->room, sizeof(p->room));
}

static void bytes_came(uv_stream_t *stream, ssize_t n, const uv_buf_t *buf)
{
	struct peer *p = stream->data;

	if (n < 0) {
		peer_close(p, false);
		return;
	}
	strbuf_put(&p->in, (struct str){.p = buf->base, .n = (size_t)n});
	serve(p);
}

static void peer_came(uv_stream_t *listener, int status)
{
	struct fake_server *fs = listener->data;
	struct peer *p;

	if (status < 0)
		return;
	p = xcalloc(1, sizeof(*p));
	p->fs = fs;
	p->number = fs->n_connections++;
	p->next = fs->peers;
	fs->peers = p;
	fs->n_handles++;
	strbuf_init(&p->in, IN_MAX);
	strbuf_init(&p->out, OUT_MAX);
	p->tcp.data = p;
	uv_tcp_init(loop_uv(fs->loop), &p->tcp);
	if (uv_accept(listener, (uv_stream_t *)&p->tcp) < 0) {
		peer_close(p, false);
		return;
	}
	uv_tcp_nodelay(&p->tcp, 1);
	uv_read_start((uv_stream_t *)&p->tcp, give_room, bytes_came);
}

struct fake_server *fake_server_new(struct loop *loop)
{
	struct fake_server *fs = xcalloc(1, sizeof(*fs));
	struct sockaddr_in address;
	int length = sizeof(address);

	fs->loop = loop;
	fs->n_handles = 1;
	fs->tcp.data = fs;
	arena_init(&fs->arena);
	uv_tcp_init(loop_uv(loop), &fs->tcp);
	uv_ip4_addr("127.0.0.1", 0, &address);
	if (uv_tcp_bind(&fs->tcp, (struct sockaddr *)&address, 0) < 0 ||
	    uv_listen((uv_stream_t *)&fs->tcp, 512, peer_came) < 0 ||
	    uv_tcp_getsockname(&fs->tcp, (struct sockaddr *)&address, &length) < 0)
		fatal("the fake server cannot listen on 127.0.0.1");
	fs->port = ntohs(address.sin_port);
	snprintf(fs->url, sizeof(fs->url), "http://127.0.0.1:%d", fs->port);
	return fs;
}

static void listener_closed(uv_handle_t *handle)
{
	let_go(handle->data);
}

void fake_server_free(struct fake_server *fs)
{
	if (!fs)
		return;
	for (struct peer *p = fs->peers; p; p = p->next)
		peer_close(p, false);
	uv_close((uv_handle_t *)&fs->tcp, listener_closed);
}

const char *fake_server_url(const struct fake_server *fs)
{
	return fs->url;
}

int fake_server_port(const struct fake_server *fs)
{
	return fs->port;
}

void fake_server_on(struct fake_server *fs, const char *method, const char *target,
		    struct fake_reply reply)
{
	struct row row = {.method = method, .target = target, .reply = reply};

	vec_push(&fs->rows, row);
}

size_t fake_server_count(const struct fake_server *fs)
{
	return fs->requests.n;
}

struct fake_request fake_server_request(const struct fake_server *fs, size_t i)
{
	return i < fs->requests.n ? fs->requests.p[i] : (struct fake_request){0};
}

struct str fake_request_header(const struct fake_request *r, const char *name)
{
	return header_value(r->head, name);
}

size_t fake_server_unexpected(const struct fake_server *fs)
{
	return fs->n_unexpected;
}

size_t fake_server_connections(const struct fake_server *fs)
{
	return fs->n_connections;
}
