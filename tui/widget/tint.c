/* Text on a ground. Thread: any (no state).
 *
 * The ground is the base role and the meaning lies over it: an overlay brings its
 * own colour and leaves what it does not name. */
#include "tui/widget/tint.h"

int tint_put(struct surface *s, int x, int y, enum role ground, enum role role,
	     struct str text)
{
	int w = surface_put(s, x, y, ground, text);

	surface_overlay(s, x, y, w, 1, role);
	return w;
}
