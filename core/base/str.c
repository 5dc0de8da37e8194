typedef int az_str;
