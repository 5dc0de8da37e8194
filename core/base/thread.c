typedef int az_thread;
