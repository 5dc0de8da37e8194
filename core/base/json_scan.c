typedef int az_json_scan;
