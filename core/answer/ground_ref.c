/* "[" LETTER ":" ... "]", with brackets in pairs. */
#include "answer/ground_ref.h"

enum { REF_MOST = 480 };

static bool kind_of(char letter, enum claim_kind *out)
{
	static const char letters[CLAIM_KINDS] = {
#define X(id, letter, word) letter,
		CLAIM_KIND_LIST(X)
#undef X
	};

	for (int i = 0; i < CLAIM_KINDS; i++)
		if (letters[i] == letter) {
			*out = i;
			return true;
		}
	return false;
}

static bool is_start(struct str text, size_t at, enum claim_kind *kind)
{
	return at + 2 < text.n && text.p[at] == '[' && text.p[at + 2] == ':' &&
	       kind_of(text.p[at + 1], kind);
}

/* Where it ends; *is_broken tells that it should not have been. */
static size_t end_of(struct str text, size_t begin, bool *is_broken)
{
	enum claim_kind kind;
	int depth = 1;
	size_t at = begin + 3;

	for (; at < text.n && text.p[at] != '\n' && at - begin < REF_MOST; at++) {
		if (is_start(text, at, &kind))
			*is_broken = true;
		depth += text.p[at] == '[';
		depth -= text.p[at] == ']';
		if (depth == 0)
			return at + 1;
	}
	*is_broken = true;
	return at;
}

/* "@v3" behind what is meant. */
static void take_version(struct ground_ref *ref)
{
	struct str target = ref->target;
	size_t at = target.n;
	int64_t version;

	while (at > 0 && target.p[at - 1] >= '0' && target.p[at - 1] <= '9')
		at--;
	if (at < 2 || at == target.n || target.p[at - 1] != 'v' ||
	    target.p[at - 2] != '@' ||
	    !str_to_i64(str_sub(target, at, target.n), &version))
		return;
	ref->has_version = true;
	ref->version = (uint64_t)version;
	ref->target = str_sub(target, 0, at - 2);
}

bool ground_ref_next(struct str text, size_t from, struct ground_ref *out)
{
	for (size_t at = from; at + 2 < text.n; at++) {
		bool is_broken = false;

		*out = (struct ground_ref){.begin = at};
		if (!is_start(text, at, &out->kind))
			continue;
		out->end = end_of(text, at, &is_broken);
		if (!is_broken) {
			out->target = str_trim(str_sub(text, at + 3, out->end - at - 4));
			take_version(out);
		}
		return true;
	}
	return false;
}
