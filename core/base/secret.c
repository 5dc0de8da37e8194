typedef int az_secret;
