typedef int az_xalloc;
