/* Streams of models, as each service sends them, cut anywhere: what comes of them. */
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "ai/dialect.h"
#include "base/count.h"
#include "base/file.h"

/* "text [thought] {refusal} name(arguments) end asked/answered": all there is of it. */
static void describe(const struct reply *r, struct strbuf *out)
{
	strbuf_put(out, ai_reply_kept(r));
	if (r->thought.n)
		strbuf_printf(out, " [%s]", r->thought.p);
	if (r->refusal.n)
		strbuf_printf(out, " {%s}", r->refusal.p);
	for (size_t i = 0; i < r->n_calls; i++)
		strbuf_printf(out, " %s:%s(%s)", r->calls[i].id, r->calls[i].name,
			      r->calls[i].arguments.p);
	strbuf_printf(out, " %s", ai_reply_end_name(r->end));
	if (r->end == REPLY_FAILED || r->end == REPLY_FILTERED)
		strbuf_printf(out, " %s: %s", model_trouble_name(r->error.trouble),
			      r->error.err.text);
	if (r->usage.asked >= 0 || r->usage.answered >= 0)
		strbuf_printf(out, " %lld/%lld", (long long)r->usage.asked,
			      (long long)r->usage.answered);
}

static void check_stream(const char *name, enum dialect dialect, struct str bytes,
			 size_t step, const char *want)
{
	struct reply_reader reader;
	struct reply reply;
	struct strbuf got;
	bool goes_on = true;

	ai_reply_init(&reply);
	reply_reader_init(&reader, dialect, &reply);
	for (size_t at = 0; at < bytes.n && goes_on; at += step)
		goes_on = reply_reader_feed(&reader, str_sub(bytes, at, step));
	reply_reader_over(&reader);
	strbuf_init(&got, 1 << 20);
	describe(&reply, &got);
	check_text(name, strbuf_str(&got), want);
	strbuf_fini(&got);
	reply_reader_fini(&reader);
	ai_reply_fini(&reply);
}

static void check_cut(const char *name, enum dialect dialect, struct str bytes,
		      const char *want)
{
	static const size_t steps[] = {1, 7, 64, 1 << 20};

	for (size_t i = 0; i < COUNT(steps); i++)
		check_stream(name, dialect, bytes, steps[i], want);
}

#define CHUNK(members) "data: {\"choices\":[{\"index\":0," members "}]}\n\n"
#define SAYS(text)     CHUNK("\"delta\":{\"content\":\"" text "\"}")
#define ENDS(why)      CHUNK("\"delta\":{},\"finish_reason\":\"" why "\"")
#define CALL(index, id, name, arguments)                                                 \
	CHUNK("\"delta\":{\"tool_calls\":[{\"index\":" index id ",\"function\":{" name   \
	      "\"arguments\":\"" arguments "\"}}]}")

static const struct {
	const char *name;
	enum dialect dialect;
	const char *bytes, *want;
} cases[] = {
	{"plain", DIALECT_CHAT,
	 SAYS("All ") SAYS("well.") ENDS("stop") "data: [DONE]\n\n", "All well. stop"},
	{"no word at the end", DIALECT_CHAT, SAYS("All ") SAYS("we"), "All we cut"},
	{"an end without DONE", DIALECT_CHAT, SAYS("Yes.") ENDS("stop"), "Yes. stop"},
	{"nothing behind DONE counts", DIALECT_CHAT,
	 SAYS("Yes.") ENDS("stop") "data: [DONE]\n\n" SAYS("No."), "Yes. stop"},
	{"nothing at all", DIALECT_CHAT, "", " cut"},
	{"comments, carriage returns, odd fields", DIALECT_CHAT,
	 ": ping\r\n\r\nevent: x\r\nid: 7\r\ndata: "
	 "{\"choices\":[{\"delta\":{\"content\":\"ok\"},\"finish_reason\":\"stop\"}]}"
	 "\r\n\r\n"
	 ": bye\r\n\r\n",
	 "ok stop"},
	{"no choices, no delta, null content", DIALECT_CHAT,
	 "data: {\"choices\":[],\"prompt_filter_results\":[{}]}\n\n" CHUNK(
		 "\"content_filter_results\":{}") CHUNK("\"delta\":{\"content\":null}")
		 SAYS("a") "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":5,"
			   "\"completion_tokens\":2,\"total_tokens\":9}}\n\n",
	 "a cut 5/2"},
	{"usage with the finish", DIALECT_CHAT,
	 SAYS("a") "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],"
		   "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2}}\n\n",
	 "a stop 5/2"},
	{"usage of null", DIALECT_CHAT,
	 "data: {\"usage\":null,\"choices\":[{\"delta\":{\"content\":\"a\"},"
	 "\"finish_reason\":\"stop\"}]}\n\n",
	 "a stop"},
	{"another choice", DIALECT_CHAT,
	 "data: {\"choices\":[{\"index\":1,\"delta\":{\"content\":\"no\"}},"
	 "{\"index\":0,\"delta\":{\"content\":\"yes\"},\"finish_reason\":\"stop\"}]}\n\n",
	 "yes stop"},
	{"parts", DIALECT_CHAT,
	 CHUNK("\"delta\":{\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":"
	       "\"x\"}]}") ENDS("stop"),
	 "a stop"},
	{"calls interleave, from 1", DIALECT_CHAT,
	 CALL("1", ",\"id\":\"c1\"", "\"name\":\"a\",", "{")
		 CALL("2", ",\"id\":\"c2\"", "\"name\":\"b\",", "") CALL("1", "", "", "}")
			 ENDS("tool_calls"),
	 " c1:a({}) c2:b() calls"},
	{"names again and again, no id", DIALECT_CHAT,
	 CALL("0", "", "\"name\":\"a\",", "[") CALL("0", "", "\"name\":\"a\",", "]")
		 ENDS("stop"),
	 " call-1:a([]) calls"},
	{"calls and no word about them", DIALECT_CHAT,
	 CALL("0", ",\"id\":\"x\"", "\"name\":\"a\",", "{}") "data: [DONE]\n\n",
	 " x:a({}) calls"},
	{"cut at its longest", DIALECT_CHAT, SAYS("and so") ENDS("length"),
	 "and so length"},
	{"thoughts", DIALECT_CHAT,
	 CHUNK("\"delta\":{\"reasoning_content\":\"hm\"}")
		 CHUNK("\"delta\":{\"reasoning\":\"m\"}") SAYS("Yes.") ENDS("stop"),
	 "Yes. [hmm] stop"},
	{"a refusal", DIALECT_CHAT,
	 CHUNK("\"delta\":{\"refusal\":\"I will not.\"}") ENDS("stop"),
	 " {I will not.} stop"},
	{"an error in the stream", DIALECT_CHAT,
	 SAYS("The") "data: {\"error\":{\"message\":\"The server had an error\","
		     "\"type\":\"server_error\",\"code\":null}}\n\n" SAYS("no"),
	 "The failed down: The server had an error"},
	{"an event that is cut", DIALECT_CHAT,
	 SAYS("The") "data: {\"choices\":[{\"de\n\n",
	 "The failed down: its answer cannot be read: line 1, column 15: this is not "
	 "valid JSON"},
	{"the filter, what it has seen stays", DIALECT_CHAT,
	 SAYS("\\u00e4bc") CHUNK("\"content_filter_offsets\":{\"start_offset\":65,"
				 "\"check_offset\":67,\"end_offset\":70}") SAYS("def")
		 CHUNK("\"content_filter_results\":{\"violence\":{\"filtered\":true},"
		       "\"hate\":{\"filtered\":false}},"
		       "\"content_filter_offsets\":{\"start_offset\":65,\"check_"
		       "offset\":68,\"end_offset\":70},"
		       "\"finish_reason\":\"content_filter\"") ENDS("stop"),
	 "\xc3\xa4"
	 "bc filtered filtered: its content filter stopped the answer (violence)"},
	{"the filter, all had been seen", DIALECT_CHAT,
	 SAYS("abc") ENDS("content_filter"),
	 "abc filtered filtered: its content filter stopped the answer"},
	{"not in events", DIALECT_CHAT,
	 "{\n  \"model\": \"m\",\n  \"choices\": [{\"message\": {\"content\": \"ok\"},\n"
	 "   \"finish_reason\": \"stop\"}], \"usage\": {\"prompt_tokens\": 1,"
	 "\"completion_tokens\": 2}}\n",
	 "ok stop 1/2"},
	{"in one line", DIALECT_CHAT,
	 "{\"choices\":[{\"message\":{\"content\":\"ok\"},\"finish_reason\":\"stop\"}]}",
	 "ok stop"},
	{"a page", DIALECT_CHAT, "<html><body>Sign in</body></html>",
	 " failed down: its answer cannot be read: line 1, column 1: this is not valid "
	 "JSON"},
	{"lines", DIALECT_OLLAMA,
	 "{\"model\":\"m\",\"message\":{\"content\":\"Al\",\"thinking\":\"hm\"},\"done\":"
	 "false}\n{\"message\":{\"content\":\"l\"},\"done\":false}\n{\"message\":{"
	 "\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":"
	 "3,"
	 "\"eval_count\":4}\n",
	 "All [hm] stop 3/4"},
	{"a last line without its end", DIALECT_OLLAMA,
	 "{\"message\":{\"content\":\"All\"},\"done\":true}", "All stop"},
	{"its calls", DIALECT_OLLAMA,
	 "{\"message\":{\"tool_calls\":[{\"function\":{\"name\":\"a\",\"arguments\":{"
	 "\"x\":"
	 "1}}},{\"function\":{\"name\":\"b\"}}]},\"done\":false}\n{\"done\":true}\n",
	 " call-1:a({\"x\":1}) call-2:b() calls"},
	{"its error", DIALECT_OLLAMA,
	 "{\"message\":{\"content\":\"A\"},\"done\":false}\n{\"error\":\"out of "
	 "memory\"}\n",
	 "A failed down: out of memory"},
	{"cut off", DIALECT_OLLAMA, "{\"message\":{\"content\":\"A\"},\"done\":false}\n",
	 "A cut"},
	{"responses", DIALECT_RESPONSES,
	 "event: response.output_text.delta\ndata: "
	 "{\"type\":\"response.output_text.delta\","
	 "\"delta\":\"Hi\"}\n\ndata: {\"type\":\"response.completed\",\"response\":{"
	 "\"model\":\"m\",\"usage\":{\"input_tokens\":4,\"output_tokens\":5}}}\n\n",
	 "Hi stop 4/5"},
	{"too long a response", DIALECT_RESPONSES,
	 "data: {\"type\":\"response.output_text.delta\",\"delta\":\"Hi\"}\n\ndata: "
	 "{\"type\":\"response.incomplete\",\"response\":{\"incomplete_details\":{"
	 "\"reason\":\"max_output_tokens\"}}}\n\n",
	 "Hi length"},
};

static void test_streams(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		check_cut(cases[i].name, cases[i].dialect, str_from(cases[i].bytes),
			  cases[i].want);
}

/* What services were seen to send; the files are not ours to ship. */
static const struct {
	const char *file;
	enum dialect dialect;
	const char *want; /* how it ends */
	const char *has;  /* somewhere in it */
} seen[] = {
	{"azure-openai-chat-stream.sse.txt", DIALECT_CHAT, "stop", ""},
	{"azure-openai-chat.json", DIALECT_CHAT, "stop", ""},
	{"azure-openai-completion-filtered.json", DIALECT_CHAT, "filtered", "(hate"},
	{"azure-openai-prompt-filtered-400.json", DIALECT_CHAT, "failed",
	 "filtered: its content filter refused the question (hate, self-harm, violence)"},
	{"azure-openai-stream-async-filter-blocked.sse.txt", DIALECT_CHAT, "filtered",
	 "(protected_material_text)"},
	{"azure-responses-toolcall.ndjson.txt", DIALECT_RESPONSES, "calls",
	 "weather({\"location\":\"San Francisco\"})"},
	{"ollama-chat-stream-tools.ndjson.txt", DIALECT_OLLAMA, "calls",
	 "get_weather({\"city\":\"Tokyo\"}) calls 169/15"},
	{"ollama-chat-stream.ndjson.txt", DIALECT_OLLAMA, "stop", "Why did the"},
	{"ollama-chat-tool-result.json", DIALECT_OLLAMA, "stop", "44/113"},
	{"ollama-midstream-error.ndjson.txt", DIALECT_OLLAMA, "failed",
	 " Yes.Ican failed down: an error was encountered while running the model"},
	{"openai-chat-stream-toolcall-usage.sse.txt", DIALECT_CHAT, "calls",
	 "get_capital({"},
	{"openai-chat-stream-two-tools.sse.txt", DIALECT_CHAT, "calls",
	 "get_current_weather({"},
	{"openai-compat-reasoning-toolcall.ndjson.txt", DIALECT_CHAT, "calls", "339/83"},
	{"openai-compat-toolcall-index1.sse.txt", DIALECT_CHAT, "calls",
	 "({\"path\": \"a.txt\"})"},
	{"openai-responses-stream-error.ndjson.txt", DIALECT_RESPONSES, "failed",
	 "quota: You exceeded your current quota"},
};

static void check_seen(size_t i, struct str bytes)
{
	struct reply_reader reader;
	struct reply reply;
	struct strbuf got;

	ai_reply_init(&reply);
	reply_reader_init(&reader, seen[i].dialect, &reply);
	reply_reader_feed(&reader, bytes);
	reply_reader_over(&reader);
	strbuf_init(&got, 1 << 20);
	describe(&reply, &got);
	check_text(seen[i].file, str_from(ai_reply_end_name(reply.end)), seen[i].want);
	if (str_find(strbuf_str(&got), str_from(seen[i].has)) < 0)
		fail_msg("%s: no \"%s\" in: %s", seen[i].file, seen[i].has, got.p);
	/* Wherever it is cut, the same comes of it. */
	check_stream(seen[i].file, seen[i].dialect, bytes, 5, got.p);
	strbuf_fini(&got);
	reply_reader_fini(&reader);
	ai_reply_fini(&reply);
}

static void test_seen(void **state)
{
	const char *top = getenv("AZ_SRCDIR");

	(void)state;
	for (size_t i = 0; i < COUNT(seen); i++) {
		char path[512];
		struct strbuf bytes;
		struct err err;

		snprintf(path, sizeof(path), "%s/../shared/wire/ai/%s", top ? top : ".",
			 seen[i].file);
		strbuf_init(&bytes, 1 << 20);
		if (file_read(path, &bytes, &err))
			check_seen(i, strbuf_str(&bytes));
		else
			printf("# not here: %s\n", seen[i].file);
		strbuf_fini(&bytes);
	}
}

static const struct turn_call calls[] = {{"c1", "boards", "{\"name\":\"sql\"}"}};

static const struct turn_message messages[] = {
	{.role = TURN_SYSTEM, .text = {.p = "Be short.", .n = 9}},
	{.role = TURN_USER, .text = {.p = "Why?", .n = 4}},
	{.role = TURN_MODEL, .calls = calls, .n_calls = 1},
	{.role = TURN_TOOL,
	 .text = {.p = "[]", .n = 2},
	 .call_id = "c1",
	 .call_name = "boards"},
};

static const char *const bodies[] = {
	[DIALECT_CHAT] =
		"{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"system\","
		"\"content\":\"Be short.\"},{\"role\":\"user\",\"content\":\"Why?\"},{"
		"\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"id\":\"c1\","
		"\"type\":\"function\",\"function\":{\"name\":\"boards\",\"arguments\":"
		"\"{\\\"name\\\":\\\"sql\\\"}\"}}]},{\"role\":\"tool\",\"content\":\"[]"
		"\","
		"\"tool_call_id\":\"c1\"}],\"stream_options\":{\"include_usage\":true},"
		"\"max_completion_tokens\":500,\"tools\":[{\"type\":\"function\","
		"\"function\":{\"name\":\"boards\",\"description\":\"Rows.\","
		"\"parameters\":"
		"{\"type\":\"object\"}}}]}",
	[DIALECT_RESPONSES] =
		"{\"model\":\"m\",\"stream\":true,\"input\":[{\"role\":\"system\","
		"\"content\":\"Be short.\"},{\"role\":\"user\",\"content\":\"Why?\"},{"
		"\"type\":\"function_call\",\"call_id\":\"c1\",\"name\":\"boards\","
		"\"arguments\":\"{\\\"name\\\":\\\"sql\\\"}\"},{\"type\":\"function_call_"
		"output\",\"call_id\":\"c1\",\"output\":\"[]\"}],\"store\":false,"
		"\"max_output_tokens\":500,\"tools\":[{\"type\":\"function\",\"name\":"
		"\"boards\",\"description\":\"Rows.\",\"parameters\":{\"type\":"
		"\"object\"}}]}",
	[DIALECT_OLLAMA] =
		"{\"model\":\"m\",\"stream\":true,\"options\":{\"num_ctx\":8192,"
		"\"num_predict\":500},\"messages\":[{\"role\":\"system\",\"content\":"
		"\"Be "
		"short.\"},{\"role\":\"user\",\"content\":\"Why?\"},{\"role\":"
		"\"assistant\","
		"\"content\":\"\",\"tool_calls\":[{\"function\":{\"name\":\"boards\","
		"\"arguments\":{\"name\":\"sql\"}}}]},{\"role\":\"tool\",\"content\":\"[]"
		"\","
		"\"tool_name\":\"boards\"}],\"tools\":[{\"type\":\"function\","
		"\"function\":{"
		"\"name\":\"boards\",\"description\":\"Rows.\",\"parameters\":{\"type\":"
		"\"object\"}}}]}",
};

static void test_bodies(void **state)
{
	cJSON *parameters = cJSON_CreateObject();
	const struct turn_tool tools[] = {{"boards", "Rows.", parameters}};
	const struct turn turn = {.model = "m",
				  .messages = messages,
				  .n_messages = COUNT(messages),
				  .tools = tools,
				  .n_tools = COUNT(tools),
				  .most_tokens = 500,
				  .context = 8192,
				  .temperature = -1};

	(void)state;
	cJSON_AddStringToObject(parameters, "type", "object");
	for (size_t i = 0; i < DIALECTS; i++) {
		struct strbuf body;

		strbuf_init(&body, 1 << 16);
		dialect_body((enum dialect)i, &turn, &body);
		check_text(dialect_name((enum dialect)i), strbuf_str(&body), bodies[i]);
		strbuf_fini(&body);
	}
	cJSON_Delete(parameters);
}

/* Nothing a service sends takes more memory than it may. */
static void test_caps(void **state)
{
	struct reply_reader reader;
	struct reply reply;
	char event[256];

	(void)state;
	ai_reply_init(&reply);
	reply_reader_init(&reader, DIALECT_CHAT, &reply);
	for (int i = 0; i < 20000; i++) {
		snprintf(event, sizeof(event), SAYS("%0100d"), i);
		reply_reader_feed(&reader, str_from(event));
	}
	reply_reader_over(&reader);
	assert_int_equal(reply.end, REPLY_LENGTH);
	assert_true(reply.text.n <= REPLY_TEXT_MOST);
	reply_reader_fini(&reader);
	ai_reply_fini(&reply);

	ai_reply_init(&reply);
	reply_reader_init(&reader, DIALECT_CHAT, &reply);
	for (int i = 0; i <= REPLY_CALLS_MOST; i++) {
		snprintf(event, sizeof(event), CALL("%d", "", "\"name\":\"a\",", "x"), i);
		reply_reader_feed(&reader, str_from(event));
	}
	assert_int_equal(reply.end, REPLY_FAILED);
	assert_int_equal(reply.n_calls, REPLY_CALLS_MOST);
	reply_reader_fini(&reader);
	ai_reply_fini(&reply);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_streams),
		cmocka_unit_test(test_seen),
		cmocka_unit_test(test_bodies),
		cmocka_unit_test(test_caps),
	};

	return cmocka_run_group_tests_name("reply", tests, NULL, NULL);
}
