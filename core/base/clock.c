typedef int az_clock;
