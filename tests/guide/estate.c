/* See estate.h. */
#include "guide/estate.h"

#include <stdio.h>
#include <string.h>

#include "guide/kinds.h"

enum { PATIENCE_US = 60000000 };

static size_t all_boards(const char *out[EVIDENCE_MOST])
{
	size_t n = 0;

	for (size_t k = 0; k < GUIDE_KINDS; k++)
		for (size_t i = 0; i < KIND_BOARDS && kind_rows[k].boards[i]; i++) {
			const char *name = kind_rows[k].boards[i];
			size_t same = 0;

			while (same < n && strcmp(out[same], name) != 0)
				same++;
			if (same == n)
				out[n++] = name;
		}
	return n;
}

static size_t count_come(const struct evidence *e, const char *const *names, size_t n)
{
	size_t come = 0;

	for (size_t i = 0; i < n; i++)
		come += evidence_board(e, names[i]) != NULL;
	return come;
}

/* Boards about others bring those along, more than an evidence holds. */
static void take(struct evidence *e, struct news *news, const char *const *names,
		 size_t n)
{
	struct board *board;

	if (news->mail.kind != NEWS_BOARD ||
	    !headless_has_come(news, news->board->def->name) ||
	    !str_is_among(str_from(news->board->def->name), names, n))
		return;
	board = news_take_board(news);
	(void)evidence_add(e, board);
	board_put(board);
}

static bool collect(struct evidence *e, uint64_t seed, int64_t at_ms)
{
	const struct cli_world world = {.seed = seed, .speed = 1, .at_ms = at_ms};
	const struct headless_options options = {.is_demo = true, .world = &world};
	const char *names[EVIDENCE_MOST];
	size_t n = all_boards(names);
	struct headless h;
	struct err err = {0};
	struct news *news;
	int64_t until_us = clock_mono_us() + PATIENCE_US;

	headless_init(&h, &options);
	if (headless_start(&h, &err)) {
		worker_want(h.worker, names, n);
		while (clock_mono_us() < until_us && count_come(e, names, n) < n &&
		       (news = headless_next(&h)))
			take(e, news, names, n);
	}
	e->now_ms = clock_wall_ms(&h.clock);
	headless_fini(&h);
	for (size_t i = 0; i < n; i++)
		if (!evidence_board(e, names[i]))
			printf("# %s has not come\n", names[i]);
	return count_come(e, names, n) == n;
}

bool estate_read(struct estate *estate, uint64_t seed, int64_t at_ms)
{
	static const struct cli_world world = CLI_WORLD_DEFAULT;
	const struct headless_options options = {.is_demo = true, .world = &world};
	struct err err = {0};

	*estate = (struct estate){.evidence = {.n = 0}};
	headless_init(&estate->headless, &options);
	estate->evidence.library = estate->headless.library;
	estate->evidence.knowledge = knowledge_new(NULL, 0, &err);
	if (!headless_read_config(&estate->headless, &err) || !estate->evidence.knowledge)
		return false;
	estate->evidence.config = estate->headless.config;
	return collect(&estate->evidence, seed, at_ms);
}

void estate_fini(struct estate *estate)
{
	evidence_fini(&estate->evidence);
	knowledge_free(estate->evidence.knowledge);
	headless_fini(&estate->headless);
}
