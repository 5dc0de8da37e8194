/* placeholder */ typedef int az_board_placeholder;
