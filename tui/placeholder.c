typedef int az_tui_placeholder;
