typedef int az_map;
