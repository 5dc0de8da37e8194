typedef int az_err;
