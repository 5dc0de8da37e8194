/* UTF-8 and the width of text in terminal cells. Invalid bytes decode as U+FFFD,
 * one per byte, so every loop ends. Thread: any (no state). */
#ifndef AZ_BASE_UTF8_H
#define AZ_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

#define UTF8_REPLACEMENT 0xFFFDu

/* Decodes the character at s.p; returns the bytes it takes (0 at the end). */
size_t utf8_decode(struct str s, uint32_t *cp);
/* Writes at most 4 bytes, returns how many. */
size_t utf8_encode(uint32_t cp, char out[4]);
bool utf8_is_valid(struct str s);
/* Cells: 0 combining and joiners, 2 wide, else 1. Ambiguous characters are 1,
 * as terminals draw them outside CJK locales. */
int utf8_cp_width(uint32_t cp);
/* Cells of a whole text. */
int utf8_width(struct str s);
/* One cluster that must not be cut: a base and its marks, or a flag's pair. Only
 * what every terminal agrees on; joined emoji, on which they do not, are taken
 * apart by the sanitiser. Gives its bytes and cells; returns 0 at the end. */
size_t utf8_cluster(struct str s, int *cells);
/* The longest prefix of at most `cells` cells; *used says how many it has. */
struct str utf8_prefix(struct str s, int cells, int *used);

#endif
