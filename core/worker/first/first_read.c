/* What the services of a first run answer, as lists to choose from. */
#include "worker/first/first.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/sanitize.h"
#include "base/secret.h"
#include "base/xalloc.h"
#include "config/yaml.h"

enum { ITEMS_MAX = 5000, PEM_MAX = 64 * 1024 };

const char *first_read_text(struct arena *arena, const cJSON *object, const char *name)
{
	const char *text = json_text(object, name);

	return text && text[0] ? sanitize_to_arena(arena, str_from(text)).p : NULL;
}

/* False: it is none to choose. */
typedef bool (*read_fn)(struct arena *arena, const cJSON *from, struct first_item *out);

static bool read_subscription(struct arena *arena, const cJSON *from,
			      struct first_item *out)
{
	const char *state = first_read_text(arena, from, "state");

	out->id = first_read_text(arena, from, "subscriptionId");
	out->name = first_read_text(arena, from, "displayName");
	if (state && strcmp(state, "Enabled") != 0)
		out->note = state;
	return out->id != NULL;
}

static bool read_cluster(struct arena *arena, const cJSON *from, struct first_item *out)
{
	const cJSON *properties = json_member(from, "properties");
	const char *power =
		first_read_text(arena, json_member(properties, "powerState"), "code");

	out->id = first_read_text(arena, from, "id");
	out->name = first_read_text(arena, from, "name");
	out->parent = first_read_text(arena, from, "subscriptionId");
	out->group = first_read_text(arena, from, "resourceGroup");
	if (power && strcmp(power, "Running") != 0)
		out->note = power;
	return out->id && out->name && str_starts(str_from(out->id), STR("/"));
}

static bool read_organization(struct arena *arena, const cJSON *from,
			      struct first_item *out)
{
	out->name = out->id = first_read_text(arena, from, "accountName");
	return out->name != NULL;
}

static bool read_project(struct arena *arena, const cJSON *from, struct first_item *out)
{
	out->name = out->id = first_read_text(arena, from, "name");
	return out->name != NULL;
}

static const struct {
	const char *member; /* the list's */
	read_fn read;
} lists[] = {
	[FIRST_SUBSCRIPTIONS] = {"value", read_subscription},
	[FIRST_CLUSTERS] = {"data", read_cluster},
	[FIRST_ORGANIZATIONS] = {"value", read_organization},
	[FIRST_PROJECTS] = {"value", read_project},
};

static int by_name(const void *a, const void *b)
{
	const struct first_item *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order ? order : strcmp(x->id, y->id);
}

void first_read_list(struct first_news *news, const cJSON *answer)
{
	const cJSON *list = json_member(answer, lists[news->list].member), *from;
	int n = cJSON_GetArraySize(list);

	if (!cJSON_IsArray(list))
		return;
	n = n < ITEMS_MAX ? n : ITEMS_MAX;
	news->items = arena_calloc(&news->arena, (size_t)n + 1, sizeof(*news->items));
	cJSON_ArrayForEach (from, list) {
		struct first_item *item = &news->items[news->n_items];

		if (news->n_items == (size_t)n)
			break;
		*item = (struct first_item){.parent = news->about};
		if (!lists[news->list].read(&news->arena, from, item))
			continue;
		if (!item->name)
			item->name = item->id;
		news->n_items++;
	}
	qsort(news->items, news->n_items, sizeof(*news->items), by_name);
}

/* Into the secret, as it may hold a key. */
static bool decode(struct secret *out, const char *base64, size_t max)
{
	size_t n = base64 ? strlen(base64) : 0;

	if (!n || n > max)
		return false;
	secret_reserve(out, n);
	if (sodium_base642bin((unsigned char *)out->p, n, base64, n, "\r\n ", &out->n,
			      NULL, sodium_base64_VARIANT_ORIGINAL) == 0)
		return true;
	secret_fini(out);
	return false;
}

static const cJSON *first_of(const cJSON *root, const char *list, const char *member)
{
	return json_member(cJSON_GetArrayItem(json_member(root, list), 0), member);
}

static bool read_ca(struct first_news *news, const char *base64, struct err *err)
{
	struct secret pem = {0};
	bool ok;

	if (!base64)
		return true;
	ok = decode(&pem, base64, PEM_MAX) &&
	     str_starts(secret_borrow(&pem), STR("-----BEGIN CERTIFICATE-----"));
	if (ok)
		news->ca = arena_strdup(&news->arena, secret_borrow(&pem));
	else
		err_set(err, ERR_PARSE, "who vouches for it cannot be read");
	secret_fini(&pem);
	return ok;
}

static bool read_kubeconfig(struct first_news *news, const cJSON *root, struct err *err)
{
	const cJSON *cluster = first_of(root, "clusters", "cluster");
	const cJSON *user = first_of(root, "users", "user");

	if (!json_member(user, "exec"))
		return err_set(err, ERR_AUTH,
			       "it has users of its own, no sign-in with Entra");
	news->address = first_read_text(&news->arena, cluster, "server");
	if (!news->address ||
	    (!str_starts(str_from(news->address), STR("https://")) &&
	     !str_starts(str_from(news->address), STR("http://127.0.0.1:"))))
		return err_set(err, ERR_PARSE, "it does not say where it is");
	return read_ca(news, json_text(cluster, "certificate-authority-data"), err);
}

bool first_read_cluster(struct first_news *news, const cJSON *answer, struct err *err)
{
	const cJSON *value = first_of(answer, "kubeconfigs", "value");
	struct secret text = {0};
	cJSON *root = NULL;
	bool ok;

	if (!cJSON_IsString(value) || !decode(&text, value->valuestring, YAML_MAX_BYTES))
		return err_set(err, ERR_PARSE, "it gives no kubeconfig");
	root = yaml_parse(secret_borrow(&text), err);
	ok = root && read_kubeconfig(news, root, err);
	json_wipe(root);
	secret_fini(&text);
	return ok;
}
