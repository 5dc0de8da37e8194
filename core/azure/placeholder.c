/* placeholder */ typedef int az_azure_placeholder;
