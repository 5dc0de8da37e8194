/* See connect_proxy.h. A call is two sockets that are read for each other. */
#include "fake/connect_proxy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "base/xalloc.h"

struct connect_proxy {
	uv_tcp_t tcp;
	struct loop *loop;
	struct call *calls;
	size_t n_handles;
	int port; /* 0: refuse */
	int status;
	char url[40];
};

struct side {
	uv_tcp_t tcp;
	struct call *call;
	bool is_open, is_closing;
	char room[16384];
};

struct call {
	struct call *next;
	struct connect_proxy *proxy;
	struct side from, to;
	struct strbuf head;
	bool is_led;
	size_t n_handles;
};

struct piece {
	uv_write_t write;
	struct call *closes; /* after it; or NULL */
	char bytes[];
};

static void let_go(struct connect_proxy *p)
{
	if (--p->n_handles == 0)
		free(p);
}

static void side_closed(uv_handle_t *handle)
{
	struct call *c = ((struct side *)handle->data)->call, **at;

	if (--c->n_handles)
		return;
	for (at = &c->proxy->calls; *at != c;)
		at = &(*at)->next;
	*at = c->next;
	let_go(c->proxy);
	strbuf_fini(&c->head);
	free(c);
}

static void side_close(struct side *s)
{
	if (s->is_open && !s->is_closing)
		uv_close((uv_handle_t *)&s->tcp, side_closed);
	s->is_closing = true;
}

static void call_close(struct call *c)
{
	side_close(&c->from);
	side_close(&c->to);
}

static void written(uv_write_t *write, int status)
{
	struct piece *piece = (struct piece *)write;

	(void)status;
	if (piece->closes)
		call_close(piece->closes);
	free(piece);
}

static void send_to(struct side *s, const char *bytes, size_t n, bool closes)
{
	struct piece *piece = xcalloc(1, sizeof(*piece) + n);
	uv_buf_t buf = uv_buf_init(piece->bytes, (unsigned)n);

	memcpy(piece->bytes, bytes, n);
	piece->closes = closes ? s->call : NULL;
	if (s->is_closing ||
	    uv_write(&piece->write, (uv_stream_t *)&s->tcp, &buf, 1, written) < 0)
		free(piece);
}

static void give_room(uv_handle_t *handle, size_t wanted, uv_buf_t *buf)
{
	struct side *s = handle->data;

	(void)wanted;
	*buf = uv_buf_init(s->room, sizeof(s->room));
}

static void target_read(uv_stream_t *stream, ssize_t n, const uv_buf_t *buf)
{
	struct call *c = ((struct side *)stream->data)->call;

	if (n > 0)
		send_to(&c->from, buf->base, (size_t)n, false);
	else if (n < 0)
		call_close(c);
}

static void connected(uv_connect_t *request, int status)
{
	static const char ok[] = "HTTP/1.1 200 Connection established\r\n\r\n";
	struct call *c = request->data;

	free(request);
	if (status < 0) {
		call_close(c);
		return;
	}
	c->is_led = true;
	send_to(&c->from, ok, sizeof(ok) - 1, false);
	uv_read_start((uv_stream_t *)&c->to.tcp, give_room, target_read);
}

static void side_open(struct call *c, struct side *s)
{
	s->call = c;
	s->is_open = true;
	s->tcp.data = s;
	c->n_handles++;
	uv_tcp_init(loop_uv(c->proxy->loop), &s->tcp);
}

static void lead(struct call *c)
{
	uv_connect_t *request = xcalloc(1, sizeof(*request));
	struct sockaddr_in address;

	side_open(c, &c->to);
	request->data = c;
	uv_ip4_addr("127.0.0.1", c->proxy->port, &address);
	if (uv_tcp_connect(request, &c->to.tcp, (struct sockaddr *)&address, connected) <
	    0)
		fatal("connect_proxy: cannot connect");
}

static void decide(struct call *c)
{
	char text[120];

	if (c->proxy->port) {
		lead(c);
	} else if (c->proxy->status) {
		snprintf(text, sizeof(text),
			 "HTTP/1.1 %d No\r\nContent-Length: 0\r\n\r\n", c->proxy->status);
		send_to(&c->from, text, strlen(text), true);
	} else {
		call_close(c);
	}
}

static void caller_read(uv_stream_t *stream, ssize_t n, const uv_buf_t *buf)
{
	struct call *c = ((struct side *)stream->data)->call;

	if (n < 0) {
		call_close(c);
	} else if (c->is_led) {
		send_to(&c->to, buf->base, (size_t)n, false);
	} else {
		strbuf_put(&c->head, (struct str){.p = buf->base, .n = (size_t)n});
		if (str_find(strbuf_str(&c->head), STR("\r\n\r\n")) >= 0)
			decide(c);
	}
}

static void call_came(uv_stream_t *listener, int status)
{
	struct connect_proxy *p = listener->data;
	struct call *c;

	if (status < 0)
		return;
	c = xcalloc(1, sizeof(*c));
	c->proxy = p;
	c->next = p->calls;
	p->calls = c;
	p->n_handles++;
	strbuf_init(&c->head, 65536);
	side_open(c, &c->from);
	if (uv_accept(listener, (uv_stream_t *)&c->from.tcp) < 0)
		call_close(c);
	else
		uv_read_start((uv_stream_t *)&c->from.tcp, give_room, caller_read);
}

struct connect_proxy *connect_proxy_new(struct loop *loop)
{
	struct connect_proxy *p = xcalloc(1, sizeof(*p));
	struct sockaddr_in address;
	int length = sizeof(address);

	p->loop = loop;
	p->n_handles = 1;
	p->tcp.data = p;
	uv_tcp_init(loop_uv(loop), &p->tcp);
	uv_ip4_addr("127.0.0.1", 0, &address);
	if (uv_tcp_bind(&p->tcp, (struct sockaddr *)&address, 0) < 0 ||
	    uv_listen((uv_stream_t *)&p->tcp, 16, call_came) < 0 ||
	    uv_tcp_getsockname(&p->tcp, (struct sockaddr *)&address, &length) < 0)
		fatal("connect_proxy: cannot listen");
	snprintf(p->url, sizeof(p->url), "http://127.0.0.1:%d", ntohs(address.sin_port));
	return p;
}

static void listener_closed(uv_handle_t *handle)
{
	let_go(handle->data);
}

void connect_proxy_free(struct connect_proxy *p)
{
	for (struct call *c = p->calls; c; c = c->next)
		call_close(c);
	uv_close((uv_handle_t *)&p->tcp, listener_closed);
}

const char *connect_proxy_url(const struct connect_proxy *p)
{
	return p->url;
}

void connect_proxy_lead(struct connect_proxy *p, const char *url)
{
	p->port = (int)strtol(strrchr(url, ':') + 1, NULL, 10);
}

void connect_proxy_refuse(struct connect_proxy *p, int status)
{
	p->port = 0;
	p->status = status;
}
