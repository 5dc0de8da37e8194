typedef int az_timefmt;
