/* azdeck itself, linked so that it can be killed at any point: before, within and behind
 * what reaches the disk (fake/kill_points.h), and around each turn of the network. What
 * AZ_CUT says is "POINT EPOCH SPEED [WORLD]": where it dies (-1: nowhere), and a clock that
 * runs from that second on so many times as fast, through all processes of a test, and says
 * then that it is that second of another time. Points that were passed are said on standard
 * error at the end. */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "fake/kill_points.h"

int __real_main(int argc, char **argv);
int __wrap_main(int argc, char **argv);
void __wrap_clock_init_real(struct clock *c);
CURLMcode __real_curl_multi_socket_action(CURLM *multi, curl_socket_t s, int events,
					  int *running);
CURLMcode __wrap_curl_multi_socket_action(CURLM *multi, curl_socket_t s, int events,
					  int *running);

enum { MOST_POINTS = 1000000 };

static long point = -1, epoch_s, world_s;
static double speed = 1;

void __wrap_clock_init_real(struct clock *c)
{
	struct timespec now;
	double passed_s;

	clock_gettime(CLOCK_REALTIME, &now);
	passed_s = (double)(now.tv_sec - epoch_s) + (double)now.tv_nsec / 1e9;
	clock_init_scaled(c, (int64_t)(((double)world_s + passed_s * speed) * 1000),
			  speed);
}

CURLMcode __wrap_curl_multi_socket_action(CURLM *multi, curl_socket_t s, int events,
					  int *running)
{
	CURLMcode code;

	kill_point();
	code = __real_curl_multi_socket_action(multi, s, events, running);
	kill_point();
	return code;
}

int __wrap_main(int argc, char **argv)
{
	const char *cut = getenv("AZ_CUT");
	int code, n = 0;

	if (cut)
		n = sscanf(cut, "%ld %ld %lf %ld", &point, &epoch_s, &speed, &world_s);
	if (n < 3) {
		fprintf(stderr, "AZ_CUT is POINT EPOCH SPEED [WORLD]\n");
		return 2;
	}
	if (n == 3)
		world_s = epoch_s;
	kill_points_set(point < 0 ? MOST_POINTS : (int)point);
	code = __real_main(argc, argv);
	fprintf(stderr, "points %d\n", MOST_POINTS - kill_points_left());
	return code;
}
