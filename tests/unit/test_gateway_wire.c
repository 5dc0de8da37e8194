/* Streams that services really sent, through the whole gateway: each comes out as it was
 * meant, in pieces of any size. Skipped where the recordings are not there. */
#include "unit/check.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/count.h"
#include "base/file.h"
#include "unit/gateway_stage.h"

enum { FILE_MOST = 4 << 20 };

#define CHAT	  "openai", "/chat/completions"
#define OLLAMA	  "ollama", "/api/chat"
#define RESPONSES "openai\",\"dialect\":\"responses", "/responses"

/* How it is sent, and how it ends. What is no answer to a question is not in here. */
static const struct {
	const char *file, *kind, *path;
	int status;
	const char *ends; /* the last word of the trail */
} wires[] = {
	{"azure-openai-chat-stream.sse.txt", CHAT, 200, "done:stop"},
	{"azure-openai-chat.json", CHAT, 200, "done:stop"},
	{"azure-openai-completion-filtered.json", CHAT, 200, "done:filtered"},
	{"azure-openai-prompt-filtered-400.json", CHAT, 400, "failed:refused"},
	{"azure-openai-stream-async-filter-blocked.sse.txt", CHAT, 200, "done:filtered"},
	{"azure-responses-toolcall.ndjson.txt", RESPONSES, 200, "done:calls"},
	{"ollama-chat-stream-tools.ndjson.txt", OLLAMA, 200, "done:calls"},
	{"ollama-chat-stream.ndjson.txt", OLLAMA, 200, "done:stop"},
	{"ollama-chat-tool-result.json", OLLAMA, 200, "done:stop"},
	{"ollama-midstream-error.ndjson.txt", OLLAMA, 200, "failed:service"},
	{"openai-chat-stream-toolcall-usage.sse.txt", CHAT, 200, "done:calls"},
	{"openai-chat-stream-two-tools.sse.txt", CHAT, 200, "done:calls"},
	{"openai-compat-reasoning-toolcall.ndjson.txt", CHAT, 200, "done:calls"},
	{"openai-compat-toolcall-index1.sse.txt", CHAT, 200, "done:calls"},
	{"openai-responses-stream-error.ndjson.txt", RESPONSES, 200, "failed:"},
};

static bool read_wire(const char *name, struct strbuf *out)
{
	const char *dir = getenv("AZ_SRCDIR");
	struct strbuf path;
	struct err err;
	bool ok;

	strbuf_init(&path, 4096);
	strbuf_printf(&path, "%s/../shared/wire/ai/%s", dir ? dir : ".", name);
	strbuf_init(out, FILE_MOST);
	ok = file_read(path.p, out, &err);
	strbuf_fini(&path);
	return ok;
}

static void check_wire(size_t i, struct str body, size_t piece_bytes)
{
	void *client = NULL;
	struct client *c;
	struct stage s;
	struct told t = {0};
	char ai[300];

	assert_int_equal(client_setup(&client), 0);
	c = client;
	snprintf(ai, sizeof(ai),
		 "{\"providers\":[{\"name\":\"a\",\"kind\":\"%s\",\"base\":\"BASE\","
		 "\"model\":\"m\"}]}",
		 wires[i].kind);
	stage_open(&s, c, ai);
	fake_server_on(c->server, "POST", wires[i].path,
		       (struct fake_reply){.status = wires[i].status,
					   .is_chunked = true,
					   .piece_bytes = piece_bytes,
					   .body = body});
	stage_ask(&s, &t,
		  (struct gateway_ask){.reach = REACH_CLOUD, .deadline_ms = 1900});
	stage_wait(&t);
	if (str_find(strbuf_str(&t.trail), str_from(wires[i].ends)) < 0)
		fail_msg("%s by %zu: %s: %s", wires[i].file, piece_bytes, t.trail.p,
			 t.err.text);
	told_fini(&t);
	stage_close(&s);
	client_teardown(&client);
}

static void test_wires(void **state)
{
	static const size_t pieces[] = {0, 1460, 17};

	(void)state;
	for (size_t i = 0; i < COUNT(wires); i++) {
		struct strbuf body;

		if (!read_wire(wires[i].file, &body)) {
			printf("# %s is not there\n", wires[i].file);
			strbuf_fini(&body);
			continue;
		}
		for (size_t k = 0; k < COUNT(pieces); k++)
			check_wire(i, strbuf_str(&body), pieces[k]);
		strbuf_fini(&body);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_wires)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
