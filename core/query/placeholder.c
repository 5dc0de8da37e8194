/* placeholder */ typedef int az_query_placeholder;
