typedef int az_json;
