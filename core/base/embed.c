typedef int az_embed;
