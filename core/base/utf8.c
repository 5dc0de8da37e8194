typedef int az_utf8;
