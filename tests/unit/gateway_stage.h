/* A gateway over loopback: a configuration whose "BASE" is a scripted server's URL, and
 * what a question is told, as one line of words. Thread: the test's. */
#ifndef AZ_TESTS_GATEWAY_STAGE_H
#define AZ_TESTS_GATEWAY_STAGE_H

#include "ai/gateway.h"
#include "wire/client.h"

/* Events of chat completions. */
#define EV_TEXT(text)                                                                    \
	"data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" text "\"}}]}\n\n"
#define EV_END(why)                                                                      \
	"data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" why         \
	"\"}]}\n\n"
#define EV_USAGE                                                                         \
	"data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1000,"                       \
	"\"completion_tokens\":20,\"total_tokens\":1020}}\n\n"
#define EV_DONE	    "data: [DONE]\n\n"
#define WHOLE(text) EV_TEXT(text) EV_PAUSE EV_END("stop") EV_USAGE EV_DONE
#define SSE	    "Content-Type: text/event-stream\r\n"
/* It comes piece by piece: what is shown of it before it ends is always the same. */
#define EV_PAUSE ": nothing to say for a moment, as llama.cpp has it while it reads\n\n"
#define STREAM(text)                                                                     \
	{                                                                                \
		.status = 200, .headers = SSE, .is_chunked = true, .piece_bytes = 40,    \
		.drip_ms = 2, .body = {                                                  \
			text,                                                            \
			sizeof(text) - 1                                                 \
		}                                                                        \
	}

enum { STAGE_CREDENTIALS = 8 };

struct stage {
	struct client *client;
	struct config *config;
	struct gateway *g;
	const char *url;
	struct credential *credentials[STAGE_CREDENTIALS];
	size_t n_credentials;
};

/* What a question was told. */
struct told {
	struct stage *stage;
	uint64_t id;
	struct strbuf trail; /* "chosen:a text done:stop"; the same twice is once */
	struct strbuf text;  /* of the last reply */
	struct strbuf why;   /* of the last choice */
	struct err err;
	int64_t wait_ms;  /* the first one told */
	int64_t first_ms; /* until the first word */
	int64_t begun_ms;
	double money;
	int64_t asked, answered;
	bool is_guess, is_over;
	const char *stop_at; /* a word of the trail, from within which it is stopped */
};

/* The configuration's "ai", with BASE in place of the server's URL. */
void stage_open(struct stage *s, struct client *client, const char *ai);
void stage_open_at(struct stage *s, struct client *client, const char *ai,
		   const char *url);
/* With the simulator in place of a configuration. */
void stage_open_sim(struct stage *s, struct client *client, const char *url);
void stage_close(struct stage *s);

/* A question of one message; the options may be empty. */
void stage_ask(struct stage *s, struct told *t, struct gateway_ask ask);
void stage_ask_turn(struct stage *s, struct told *t, const struct turn *turn,
		    struct gateway_ask ask);
/* Turns the loop until it is over; fails the test after ten seconds. */
void stage_wait(struct told *t);
/* Until the trail has the word. */
void stage_wait_for(struct told *t, const char *word);
void told_fini(struct told *t);

#endif
