/* placeholder */ typedef int az_auth_placeholder;
