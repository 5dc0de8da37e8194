typedef int az_strbuf;
