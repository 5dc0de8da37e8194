/* placeholder */ typedef int az_config_placeholder;
