/* placeholder */ typedef int az_cli_placeholder;
