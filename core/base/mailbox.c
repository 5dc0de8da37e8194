typedef int az_mailbox;
