/* The one clock. Wall time is the time of the world on screen (tests, replay
 * and the simulator drive it); monotonic time is for deadlines and measuring.
 * A clock is fixed after init, so both threads may read it; only a manual
 * clock moves, and only in single-threaded tests. Thread: any. */
#ifndef AZ_BASE_CLOCK_H
#define AZ_BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

struct clock {
	bool is_manual;
	bool is_real;	 /* follows the machine, corrections included */
	int64_t wall_ms; /* manual: the time; else: wall time at `mono_ms` */
	int64_t mono_ms; /* manual: the time; else: when the clock began */
	double speed;	 /* wall milliseconds per real millisecond */
};

/* The machine's own time. */
void clock_init_real(struct clock *c);
/* Starts at wall_ms (0: now) and runs `speed` times as fast. */
void clock_init_scaled(struct clock *c, int64_t wall_ms, double speed);
void clock_init_manual(struct clock *c, int64_t wall_ms);
void clock_advance(struct clock *c, int64_t ms);

/* UTC, milliseconds since 1970. */
int64_t clock_wall_ms(const struct clock *c);
int64_t clock_mono_ms(const struct clock *c);
/* Goes on as the wall time does, through the machine's sleep too, and never jumps: by how
 * much the two part, somebody has set the wall time. */
int64_t clock_steady_ms(const struct clock *c);
/* How long a timer runs for so much of its wall time: less where that is faster. */
int64_t clock_timer_ms(const struct clock *c, int64_t wall_ms);
/* For benches and frame pacing; never manual. */
int64_t clock_mono_us(void);

#endif
