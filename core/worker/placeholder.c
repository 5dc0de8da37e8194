/* placeholder */ typedef int az_worker_placeholder;
