/* All resources of a type, as Resource Graph lists them. It takes fifteen questions in
 * five seconds of one user, and thirty boards begin with such a list: so one question
 * asks for the types of several, and each gets its own rows. Thread: core. */
#ifndef AZ_BOARD_TYPE_LIST_H
#define AZ_BOARD_TYPE_LIST_H

#include "azure/api.h"
#include "base/strbuf.h"

#define TYPE_LIST_PATH                                                                   \
	"/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01"

/* The body that asks for all resources of these types. */
void type_list_body(struct strbuf *out, const char *const *types, size_t n);

/* One question that is on its way. */
struct type_list;

/* Who wants which type. `done` comes later, once, with the rows of that type as if they
 * had been asked for alone. The type is borrowed until then, or until it is given up. */
struct type_list_part {
	const char *type;
	api_done_fn done;
	void *ctx;
};

/* At least one part; they are copied. How it is asked is as in `call`, but for its
 * method, path and body. It frees itself when all are told. */
struct type_list *type_list_start(struct api *api, const struct api_call *call,
				  const struct type_list_part *parts, size_t n);
/* The part with this ctx is not told; without any, nothing is asked any more. */
void type_list_cancel(struct type_list *list, void *ctx);

#endif
