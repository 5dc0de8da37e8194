typedef int az_arena;
