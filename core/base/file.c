typedef int az_file;
