typedef int az_sanitize;
