/* klog, as Kubernetes' own programs write: "E1121 04:05:06.123456    1 file.go:12] text".
 * https://github.com/kubernetes/klog describes the header. */
#include "base/timefmt.h"
#include "stream/format.h"

enum { HEADER_BYTES = 21 };

static enum line_level level_of(char letter)
{
	switch (letter) {
	case 'I':
		return LINE_INFO;
	case 'W':
		return LINE_WARNING;
	case 'E':
		return LINE_ERROR;
	case 'F':
		return LINE_CRITICAL;
	default:
		return LINE_UNKNOWN;
	}
}

bool format_klog(struct str s, int64_t now_ms, struct line *line)
{
	int month, day, hour, minute, second, hundredths, thousandth;
	struct str place;
	ptrdiff_t end;

	if (s.n < HEADER_BYTES || level_of(s.p[0]) == LINE_UNKNOWN || s.p[5] != ' ' ||
	    s.p[8] != ':' || s.p[11] != ':' || s.p[14] != '.')
		return false;
	month = format_two(s, 1);
	day = format_two(s, 3);
	hour = format_two(s, 6);
	minute = format_two(s, 9);
	second = format_two(s, 12);
	hundredths = format_two(s, 15);
	thousandth = s.p[17] >= '0' && s.p[17] <= '9' ? s.p[17] - '0' : 0;
	end = str_find_char(s, ']');
	if (month < 1 || month > 12 || day < 1 || day > 31 || hour < 0 || hour > 23 ||
	    minute < 0 || minute > 59 || second < 0 || second > 60 || hundredths < 0 ||
	    end < HEADER_BYTES)
		return false;
	place = str_trim(str_sub(s, HEADER_BYTES, (size_t)end - HEADER_BYTES));
	end++;
	line->level = level_of(s.p[0]);
	line->has_time = true;
	line->time_ms =
		format_without_year(month, day,
				    hour * HOUR_MS + minute * MINUTE_MS + second * 1000 +
					    hundredths * 10 + thousandth,
				    now_ms);
	/* The thread's number stands before the place. */
	for (ptrdiff_t blank; (blank = str_find_char(place, ' ')) >= 0;)
		place = str_trim(str_sub(place, (size_t)blank, place.n));
	line->source = place;
	line->message = str_trim(str_sub(s, (size_t)end, s.n));
	line->format = LINE_FORMAT_KLOG;
	return true;
}
