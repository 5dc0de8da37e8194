/* The schedule of accidents: one draw a block of days, so that any day can be asked
 * for in any order. Thread: any (what is remembered is each thread's own). */
#include "sim/cost/cost_accident.h"

#include <math.h>

#include "base/count.h"
#include "base/rng.h"
#include "sim/rhythm.h"

#define DRAWS	     8	 /* numbers a block may use */
#define BLOCKS_BACK  6	 /* that can reach into a block */
#define APART_BLOCKS 8	 /* until the same line may be hit again */
#define LEAST_DAILY  3.0 /* a line is worth an accident from here */

enum draw { DRAW_KIND, DRAW_LINE, DRAW_BEGIN, DRAW_LENGTH, DRAW_SIZE, DRAW_WAY };

/* How often of a hundred, how long, and how much. */
static const struct kind_row {
	const char *name;
	int odds;
	int days_low, days_high;
	double low, high;	      /* factor */
	double other_low, other_high; /* the other way; 0: there is none */
} kinds[] = {
	[ACCIDENT_SPIKE] = {"spike", 30, 1, 2, 1.9, 3.6, 0, 0},
	[ACCIDENT_DROP] = {"drop", 16, 2, 3, 0.15, 0.5, 0, 0},
	[ACCIDENT_STEP] = {"step", 22, 24, 34, 1.45, 2.1, 0.35, 0.6},
	[ACCIDENT_LEAK] = {"leak", 10, 18, 24, 1.03, 1.045, 0, 0},
	[ACCIDENT_NEW] = {"new", 12, 18, 34, 1, 1, 0, 0},
	[ACCIDENT_VANISHED] = {"vanished", 10, 12, 20, 0, 0, 0, 0},
};

const char *accident_kind_name(enum accident_kind kind)
{
	return kinds[kind].name;
}

bool accident_can_hit(const struct cost_line *line)
{
	return line->daily >= LEAST_DAILY && line->shape != COST_FIRST &&
	       line->shape != COST_REFUND;
}

static double draw(uint64_t seed, int64_t block, enum draw what)
{
	return rng_at(rng_mix(seed, 28), (uint64_t)block * DRAWS + what);
}

static enum accident_kind draw_kind(uint64_t seed, int64_t block)
{
	int left = (int)(draw(seed, block, DRAW_KIND) * 100);
	size_t kind = 0;

	while (kind + 1 < COUNT(kinds) && left >= kinds[kind].odds)
		left -= kinds[kind++].odds;
	return (enum accident_kind)kind;
}

/* From a drawn one on, the first that such a thing can happen to. */
static size_t draw_line(uint64_t seed, int64_t block, enum accident_kind kind)
{
	size_t at = (size_t)(draw(seed, block, DRAW_LINE) * (double)cost_n_lines);

	for (size_t i = 0; i < cost_n_lines; i++, at++) {
		const struct cost_line *line = &cost_lines[at % cost_n_lines];

		if ((line->shape == COST_GUEST) == (kind == ACCIDENT_NEW) &&
		    accident_can_hit(line))
			break;
	}
	return at % cost_n_lines;
}

static double between(double low, double high, double part)
{
	return low + (high - low) * part;
}

static bool draw_accident(uint64_t seed, int64_t block, struct accident *out)
{
	enum accident_kind kind = draw_kind(seed, block);
	const struct kind_row *row = &kinds[kind];
	size_t line = draw_line(seed, block, kind);
	double size = draw(seed, block, DRAW_SIZE);
	bool is_other = row->other_low > 0 && draw(seed, block, DRAW_WAY) < 0.4;
	int days;

	for (int64_t b = block - APART_BLOCKS; b < block; b++)
		if (draw_line(seed, b, draw_kind(seed, b)) == line)
			return false;
	days = (int)round(
		between(row->days_low, row->days_high, draw(seed, block, DRAW_LENGTH)));
	*out = (struct accident){
		.kind = kind,
		.line = line,
		.day = block * ACCIDENT_BLOCK_DAYS +
		       (int64_t)(draw(seed, block, DRAW_BEGIN) * ACCIDENT_BLOCK_DAYS),
		.factor = is_other ? between(row->other_low, row->other_high, size)
				   : between(row->low, row->high, size),
	};
	out->end = out->day + days;
	return true;
}

/* Every day of every line asks for the same few blocks. */
bool accident_at(uint64_t seed, int64_t block, struct accident *out)
{
	static _Thread_local struct {
		uint64_t seed;
		int64_t block;
		bool is_drawn, is_one;
		struct accident accident;
	} drawn[64];
	size_t at = (size_t)((uint64_t)block % COUNT(drawn));

	if (!drawn[at].is_drawn || drawn[at].seed != seed || drawn[at].block != block) {
		drawn[at].seed = seed;
		drawn[at].block = block;
		drawn[at].is_one = draw_accident(seed, block, &drawn[at].accident);
		drawn[at].is_drawn = true;
	}
	*out = drawn[at].accident;
	return drawn[at].is_one;
}

double accident_factor(uint64_t seed, size_t line, int64_t day)
{
	int64_t block = rhythm_floor_div(day, ACCIDENT_BLOCK_DAYS);
	bool is_guest = cost_lines[line].shape == COST_GUEST;
	struct accident a;

	for (int64_t b = block - BLOCKS_BACK; b <= block; b++) {
		if (!accident_at(seed, b, &a) || a.line != line || day < a.day ||
		    day >= a.end)
			continue;
		return a.kind == ACCIDENT_LEAK ? pow(a.factor, (double)(day - a.day + 1))
					       : a.factor;
	}
	return is_guest ? 0 : 1;
}
