typedef int az_log;
