/* placeholder */ typedef int az_net_placeholder;
