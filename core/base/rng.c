typedef int az_rng;
