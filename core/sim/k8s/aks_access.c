/* The kubeconfig that a cluster gives to a person: as with Entra's sign-in it holds no
 * secret, but says which program has the token. Thread: core. */
#include "sim/k8s/aks.h"

#include <openssl/evp.h>

static void put_base64(struct strbuf *out, struct str text, struct arena *arena)
{
	unsigned char *to = arena_alloc(arena, 4 * (text.n / 3 + 1) + 1);
	int n = EVP_EncodeBlock(to, (const unsigned char *)text.p, (int)text.n);

	jw_str(out, "value", (struct str){(const char *)to, (size_t)n});
}

static void put_kubeconfig(struct strbuf *out, const struct request *req,
			   const struct cluster *cluster)
{
	const struct group *group = estate_group(cluster->group);

	strbuf_printf(out,
		      "apiVersion: v1\n"
		      "clusters:\n"
		      "- cluster:\n"
		      "    server: %.*s/_k8s/%s\n"
		      "  name: %s\n"
		      "contexts:\n"
		      "- context:\n"
		      "    cluster: %s\n"
		      "    user: clusterUser_%s_%s\n"
		      "  name: %s\n"
		      "current-context: %s\n"
		      "kind: Config\n"
		      "preferences: {}\n",
		      STR_ARG(req->base), cluster->name, cluster->name, cluster->name,
		      group->name, cluster->name, cluster->name, cluster->name);
	strbuf_printf(out,
		      "users:\n"
		      "- name: clusterUser_%s_%s\n"
		      "  user:\n"
		      "    exec:\n"
		      "      apiVersion: client.authentication.k8s.io/v1beta1\n"
		      "      args:\n"
		      "      - get-token\n"
		      "      - --server-id\n"
		      "      - 6dae42f8-4368-4678-94ff-3960e28e3630\n"
		      "      command: kubelogin\n"
		      "      env: null\n",
		      group->name, cluster->name);
}

void aks_list_credentials(struct world *w, const struct request *req, struct reply *rep)
{
	const struct cluster *cluster = aks_cluster_named(req, rep);
	struct strbuf text;

	(void)w;
	if (!cluster)
		return;
	strbuf_init(&text, 8192);
	put_kubeconfig(&text, req, cluster);
	jw_object(&rep->body, NULL);
	jw_list(&rep->body, "kubeconfigs");
	jw_object(&rep->body, NULL);
	jw_text(&rep->body, "name", "clusterUser");
	put_base64(&rep->body, strbuf_str(&text), rep->arena);
	jw_object_end(&rep->body);
	jw_list_end(&rep->body);
	jw_object_end(&rep->body);
	strbuf_fini(&text);
}
