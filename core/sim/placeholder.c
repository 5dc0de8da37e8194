/* placeholder */ typedef int az_sim_placeholder;
