/* See podlog.h: how the estate's containers write. One row a workload, and the ways of
 * writing that real programs have: JSON, klog, logfmt, what nginx and CoreDNS have, plain
 * text with traces behind it. Each has an outline and words, and both ask the same draws.
 * Thread: any (no state). */
#include <string.h>

#include "base/count.h"
#include "base/rng.h"
#include "base/timefmt.h"
#include "sim/logs/podlog.h"

/* The n-th draw of an event, from 0 up to `below`. */
static unsigned draw(const struct podlog_event *e, unsigned n, unsigned below)
{
	return (unsigned)(rng_at(e->seed, n) * below);
}

static struct podlog_outline one_line(enum podlog_level level)
{
	return (struct podlog_outline){level, 1};
}

static void put_iso(struct strbuf *out, const struct podlog_event *e)
{
	time_format_iso(out, e->ns / 1000000, true);
}

static struct utc utc_of(const struct podlog_event *e)
{
	return utc_from_ms(e->ns / 1000000);
}

/* A request of a shop or an API: what was asked, what came of it, how long it took. */
struct asked {
	const char *path;
	int status, ms;
};

static int status_of(const struct podlog_event *e)
{
	unsigned luck = draw(e, 1, 1000);

	return luck < 6 ? 500 : luck < 9 ? 503 : luck < 40 ? 404 : 200;
}

static struct asked ask(const struct podlog_event *e)
{
	static const char *const paths[] = {"/orders",	 "/orders/latest", "/cart",
					    "/products", "/products/top",  "/prices",
					    "/search",	 "/healthz"};
	unsigned luck = draw(e, 1, 1000);

	return (struct asked){.path = paths[draw(e, 2, COUNT(paths))],
			      .status = status_of(e),
			      .ms = 3 + (int)draw(e, 3, luck < 20 ? 4000 : 90)};
}

static bool is_old_stock(const struct podlog_event *e)
{
	return draw(e, 6, 100) < 4;
}

static struct podlog_outline outline_json(const struct podlog_event *e)
{
	return one_line(e->is_storm || status_of(e) >= 500 ? PODLOG_ERROR
			: is_old_stock(e)		   ? PODLOG_WARNING
							   : PODLOG_INFO);
}

/* .NET with Serilog's compact cousin. */
static void speak_json(const struct podlog_event *e, struct strbuf *out)
{
	struct asked a = ask(e);
	unsigned order = 400000 + draw(e, 4, 90000);

	strbuf_puts(out, "{\"time\":\"");
	put_iso(out, e);
	strbuf_puts(out, "\",");
	if (e->is_storm)
		strbuf_printf(out,
			      "\"level\":\"error\",\"logger\":\"Atlas.Orders.Store\","
			      "\"msg\":\"Execution Timeout Expired: the timeout period "
			      "elapsed before sqldb-atlas-orders answered\",\"order\":"
			      "\"A-%u\",\"ms\":30%03u,\"number\":-2}",
			      order, draw(e, 5, 60));
	else if (a.status >= 500)
		strbuf_printf(out,
			      "\"level\":\"error\",\"logger\":\"Atlas.Http\",\"msg\":"
			      "\"GET %s answered %d\",\"ms\":%d,\"trace\":\"%08x%08x\"}",
			      a.path, a.status, a.ms, (unsigned)e->seed,
			      (unsigned)(e->seed >> 32));
	else if (is_old_stock(e))
		strbuf_printf(out,
			      "\"level\":\"warning\",\"logger\":\"Atlas.Stock\",\"msg\":"
			      "\"stock of %u is %u minutes old\",\"sku\":\"SKU-%u\"}",
			      1000 + draw(e, 7, 900), 6 + draw(e, 8, 20),
			      1000 + draw(e, 7, 900));
	else if (draw(e, 9, 3) == 0)
		strbuf_printf(out,
			      "\"level\":\"info\",\"logger\":\"Atlas.Orders\",\"msg\":"
			      "\"order accepted\",\"order\":\"A-%u\",\"lines\":%u,"
			      "\"total\":%u.%02u,\"currency\":\"EUR\"}",
			      order, 1 + draw(e, 10, 7), 12 + draw(e, 11, 240),
			      draw(e, 12, 100));
	else
		strbuf_printf(out,
			      "\"level\":\"info\",\"logger\":\"Atlas.Http\",\"msg\":"
			      "\"GET %s answered %d\",\"ms\":%d}",
			      a.path, a.status, a.ms);
}

static struct podlog_outline outline_colours(const struct podlog_event *e)
{
	int status = status_of(e);

	return one_line(status >= 500	? PODLOG_ERROR
			: status == 404 ? PODLOG_WARNING
					: PODLOG_INFO);
}

/* Somebody's pretty console: colours that nobody asked for. */
static void speak_colours(const struct podlog_event *e, struct strbuf *out)
{
	static const char *const levels[PODLOG_LEVELS] = {
		[PODLOG_INFO] = "\x1b[32minfo\x1b[39m",
		[PODLOG_WARNING] = "\x1b[33mwarn\x1b[39m",
		[PODLOG_ERROR] = "\x1b[31merror\x1b[39m",
	};
	struct asked a = ask(e);

	put_iso(out, e);
	strbuf_printf(out, " %s  \x1b[90m[render]\x1b[39m %s %d in %d ms",
		      levels[outline_colours(e).level], a.path, a.status, a.ms);
}

/* Whose words no reader takes for a level. */
static struct podlog_outline outline_plain(const struct podlog_event *e)
{
	(void)e;
	return one_line(PODLOG_UNKNOWN);
}

static void speak_nginx(const struct podlog_event *e, struct strbuf *out)
{
	struct utc t = utc_of(e);
	struct asked a = ask(e);

	strbuf_printf(out,
		      "203.0.113.%u - - [%02d/%s/%04d:%02d:%02d:%02d +0000] \"GET "
		      "/api%s HTTP/2.0\" %d %u \"-\" \"okhttp/4.12.0\" %u 0.%03d "
		      "[atlas-orders-api-80] [] 10.244.%u.%u:8080 %u 0.%03d %d %08x",
		      draw(e, 20, 254), t.day, month_name(t.month), t.year, t.hour,
		      t.minute, t.second, a.path, a.status, 120 + draw(e, 21, 9000),
		      300 + draw(e, 22, 200), a.ms % 1000, draw(e, 23, 9),
		      2 + draw(e, 24, 250), 120 + draw(e, 21, 9000), a.ms % 1000,
		      a.status, (unsigned)e->seed);
}

/* Kubernetes' own: "E0311 10:20:30.123456       1 file.go:114] text". */
static void speak_klog(const struct podlog_event *e, struct strbuf *out)
{
	static const struct {
		char level;
		const char *text;
	} says[] = {
		{'I', "controller.go:162] \"re-queuing item due to optimistic locking on "
		      "resource\" key=\"atlas/www-atlas-tls\""},
		{'I', "sync.go:394] \"certificate is up to date\" "
		      "key=\"atlas/www-atlas-tls\" next=\"240h\""},
		{'W', "reflector.go:561] watch of *v1.Secret ended with: very short "
		      "watch: unexpected watch close"},
		{'I', "leaderelection.go:277] successfully renewed lease "
		      "kube-system/cert-manager-controller"},
		{'E', "controller.go:167] \"re-queuing item due to error processing\" "
		      "err=\"ACME order is invalid\" key=\"atlas/old-atlas-tls\""},
	};
	struct utc t = utc_of(e);
	unsigned i = draw(e, 30, 100) < 12 ? 4 : draw(e, 31, 4);

	strbuf_printf(out, "%c%02d%02d %02d:%02d:%02d.%06d       1 %s", says[i].level,
		      t.month, t.day, t.hour, t.minute, t.second,
		      (int)(e->ns / 1000 % 1000000), says[i].text);
}

static unsigned which_of_logfmt(const struct podlog_event *e)
{
	return draw(e, 41, 100) < 5 ? 4 : draw(e, 42, 4);
}

static struct podlog_outline outline_logfmt(const struct podlog_event *e)
{
	static const enum podlog_level levels[] = {PODLOG_INFO, PODLOG_INFO,
						   PODLOG_WARNING, PODLOG_INFO,
						   PODLOG_ERROR};

	return one_line(levels[which_of_logfmt(e)]);
}

static void speak_logfmt(const struct podlog_event *e, struct strbuf *out)
{
	static const char *const says[] = {
		"level=info component=tsdb msg=\"write block\" mint=1741680000 "
		"duration=1."
		"2s",
		"level=info component=\"rule manager\" msg=\"evaluated group\" "
		"group=atlas.slo rules=14",
		"level=warn component=\"scrape manager\" msg=\"append failed\" "
		"err=\"out of order sample\" target=http://10.244.2.9:9090/metrics",
		"level=info msg=\"Reconciliation completed\" application=qodex/gateway "
		"dest=in-cluster duration=\"410ms\"",
		"level=error msg=\"error retrieving scaler metrics\" "
		"type=ScaledObject name=reporter err=\"connection refused\"",
	};

	strbuf_puts(out, "ts=");
	put_iso(out, e);
	strbuf_printf(out, " caller=main.go:%u ", 90 + draw(e, 40, 800));
	strbuf_puts(out, says[which_of_logfmt(e)]);
}

static bool has_no_answer(const struct podlog_event *e)
{
	return draw(e, 50, 100) < 3;
}

static struct podlog_outline outline_dns(const struct podlog_event *e)
{
	return one_line(has_no_answer(e) ? PODLOG_ERROR : PODLOG_INFO);
}

static void speak_dns(const struct podlog_event *e, struct strbuf *out)
{
	static const char *const names[] = {
		"sql-atlas-prod.database.windows.net.",
		"login.microsoftonline.com.",
		"orders-api.atlas.svc.cluster.local.",
		"redis-qodex.redis.cache.windows.net.",
	};
	bool has_failed = has_no_answer(e);

	strbuf_printf(out,
		      "[%s] 10.244.%u.%u:%u - %u \"A IN %s udp 62 false 512\" %s "
		      "qr,rd,ra 138 %u.%06us",
		      has_failed ? "ERROR" : "INFO", draw(e, 51, 9), 2 + draw(e, 52, 250),
		      30000 + draw(e, 53, 30000), draw(e, 54, 65000),
		      names[draw(e, 55, COUNT(names))],
		      has_failed ? "SERVFAIL" : "NOERROR", has_failed ? 5 : 0,
		      draw(e, 56, 900000));
}

static bool is_out_of_memory(const struct podlog_event *e)
{
	return draw(e, 60, 100) < 4;
}

static struct podlog_outline outline_python(const struct podlog_event *e)
{
	return is_out_of_memory(e) ? (struct podlog_outline){PODLOG_ERROR, 7}
				   : one_line(PODLOG_INFO);
}

static void speak_python(const struct podlog_event *e, struct strbuf *out)
{
	if (is_out_of_memory(e)) {
		put_iso(out, e);
		strbuf_printf(
			out,
			" ERROR embed.worker request failed, model=text-3 batch=%u\n"
			"Traceback (most recent call last):\n"
			"  File \"/app/embed/worker.py\", line 118, in run\n"
			"    vectors = self.model.encode(batch)\n"
			"  File \"/app/embed/model.py\", line 57, in encode\n"
			"    raise OutOfMemory(f\"{need} MiB wanted, {free} MiB free\")\n"
			"embed.errors.OutOfMemory: %u MiB wanted, %u MiB free",
			16 + draw(e, 61, 48), 900 + draw(e, 62, 900), draw(e, 63, 300));
		return;
	}
	if (e->log->fault == FAULT_PROBE && draw(e, 64, 3) == 0) {
		strbuf_printf(out,
			      "INFO:     10.224.0.%u:%u - \"GET /ready HTTP/1.1\" 503 "
			      "Service Unavailable",
			      4 + draw(e, 65, 6), 30000 + draw(e, 66, 30000));
		return;
	}
	strbuf_printf(out,
		      "INFO:     10.244.%u.%u:%u - \"POST /v1/embed HTTP/1.1\" 200 OK",
		      draw(e, 67, 9), 2 + draw(e, 68, 250), 30000 + draw(e, 69, 30000));
}

static bool waits_for_bank(const struct podlog_event *e)
{
	return draw(e, 70, 100) < 3;
}

static struct podlog_outline outline_batch(const struct podlog_event *e)
{
	return one_line(waits_for_bank(e) ? PODLOG_WARNING : PODLOG_INFO);
}

static void speak_batch(const struct podlog_event *e, struct strbuf *out)
{
	unsigned batch = (unsigned)(e->ns / 1000000000 / 300 % 10000);

	put_iso(out, e);
	if (waits_for_bank(e))
		strbuf_printf(out,
			      " WARN  settlement batch %u: %u payments wait for the bank",
			      batch, 1 + draw(e, 71, 40));
	else
		strbuf_printf(out, " INFO  settlement batch %u: %u of %u payments done",
			      batch, 100 * (1 + draw(e, 72, 80)), 8200u);
}

static struct podlog_outline outline_migration(const struct podlog_event *e)
{
	(void)e;
	return one_line(PODLOG_WARNING);
}

static void speak_migration(const struct podlog_event *e, struct strbuf *out)
{
	put_iso(out, e);
	strbuf_printf(out,
		      " WARN  migrate waiting for the lock on qodex_reports, held by "
		      "session %u",
		      60 + draw(e, 80, 3));
}

/* By the second of its life. */
static const struct {
	struct podlog_outline outline;
	const char *text;
} crash[] = {
	[0] = {{PODLOG_INFO, 1}, "INFO  [main] indexer 7.2.4 starts, pid 1"},
	[1] = {{PODLOG_INFO, 1},
	       "INFO  [main] configuration read from /etc/indexer/indexer.yaml"},
	[3] = {{PODLOG_INFO, 1},
	       "INFO  [main] connecting to search-0.search.qodex.svc:9200"},
	[5] = {{PODLOG_WARNING, 1},
	       "WARN  [main] search-2.search.qodex.svc:9200 has no address, going on "
	       "without it"},
	[8] = {{PODLOG_INFO, 1}, "INFO  [recovery] 1184 segments found, 1183 are whole"},
	[11] = {{PODLOG_ERROR, 1},
		"ERROR [recovery] segment 0000a31f is cut short: 4194304 bytes wanted, "
		"3670016 there"},
	[13] = {{PODLOG_CRITICAL, 5},
		"FATAL [main] the index cannot be opened\n"
		"io.qodex.index.CorruptSegmentException: 0000a31f\n"
		"\tat io.qodex.index.Segment.open(Segment.java:211)\n"
		"\tat io.qodex.index.Index.recover(Index.java:96)\n"
		"\tat io.qodex.indexer.Main.main(Main.java:41)"},
};

static bool is_told(int second)
{
	return second < (int)COUNT(crash) && crash[second].text;
}

struct podlog_outline podlog_crash_outline(int second)
{
	return is_told(second) ? crash[second].outline : one_line(PODLOG_DEBUG);
}

void podlog_crash(const struct podlog_event *e, int second, struct strbuf *out)
{
	put_iso(out, e);
	strbuf_printf(out, " %s",
		      is_told(second)
			      ? crash[second].text
			      : "DEBUG [recovery] checking checksums of segments");
}

static bool is_behind(const struct podlog_event *e)
{
	return draw(e, 90, 100) < 4;
}

static struct podlog_outline outline_index(const struct podlog_event *e)
{
	return one_line(is_behind(e) ? PODLOG_WARNING : PODLOG_INFO);
}

/* One that does what its neighbour cannot. */
static void speak_index(const struct podlog_event *e, struct strbuf *out)
{
	put_iso(out, e);
	if (is_behind(e))
		strbuf_printf(out, " WARN  [index] shard %u is %u s behind its queue",
			      draw(e, 91, 12), 30 + draw(e, 92, 200));
	else
		strbuf_printf(out, " INFO  [index] %u documents into shard %u in %u ms",
			      50 + draw(e, 93, 900), draw(e, 91, 12),
			      20 + draw(e, 94, 300));
}

/* clang-format off: one voice a line reads best */
static const struct podlog_voice voices[] = {
	{"storefront", NULL, 0.6, 0.05, outline_colours, speak_colours},
	{"checkout", NULL, 0.5, 0.04, outline_json, speak_json},
	{"orders-api", NULL, 0.9, 0.08, outline_json, speak_json},
	{"pricing", NULL, 0.4, 0.05, outline_json, speak_json},
	{"settlement", NULL, 0.2, 0.2, outline_batch, speak_batch},
	{"stock-sync", NULL, 0.5, 0.5, outline_batch, speak_batch},
	{"ingress-nginx-controller", NULL, 1.8, 0.2, outline_plain, speak_nginx},
	{"cert-manager", NULL, 0.03, 0.03, outline_plain, speak_klog},
	{"coredns", NULL, 0.4, 0.1, outline_dns, speak_dns},
	{"gateway", NULL, 0.9, 0.1, outline_json, speak_json},
	{"inference", NULL, 0.5, 0.1, outline_python, speak_python},
	{"indexer", NULL, 0.4, 0.1, outline_index, speak_index},
	{"search", NULL, 0.2, 0.05, outline_index, speak_index},
	{"reporter", "migrate", 0.1, 0.1, outline_migration, speak_migration},
	{NULL, NULL, 0.05, 0.03, outline_logfmt, speak_logfmt},
};
/* clang-format on */

const struct podlog_voice *podlog_voice_of(const struct podlog *log)
{
	const struct podlog_voice *v = voices;

	while (v->workload &&
	       (strcmp(v->workload, log->of->name) != 0 ||
		strcmp(v->container ? v->container : log->of->name, log->container) != 0))
		v++;
	return v;
}
