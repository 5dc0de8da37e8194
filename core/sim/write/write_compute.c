/* Machines that are started and switched off, node pools that are scaled, resources that
 * are deleted. Thread: core. */
#include "sim/write/write_rules.h"

#include <string.h>

#include "base/json.h"
#include "base/xalloc.h"

#define COMPUTE "Microsoft.Compute/locations/@/operations/#"

/* Both forms of it: the provider's, and Resource Graph's. */
static cJSON *power(const char *state, const char *code, const char *shown)
{
	return write_json("{\"properties\":{\"provisioningState\":\"%s\",\"?extended\":{"
			  "\"instanceView\":{\"powerState\":{\"code\":\"PowerState/%s\","
			  "\"level\":\"Info\",\"displayStatus\":\"VM %s\"}}}}}",
			  state, code, shown);
}

/* The one machine whose size its zone has run out of. */
static bool is_scarce(const cJSON *vm)
{
	const char *size = write_text(vm, "properties.hardwareProfile.vmSize");

	return size && strstr(size, "_NC") != NULL;
}

static bool start(struct write *wr)
{
	if (is_scarce(wr->doc)) {
		wr->op->code = xstrdup("AllocationFailed");
		wr->op->message = xstrdup(
			"Allocation failed. We do not have sufficient capacity for the "
			"requested VM size in this region.");
	}
	write_patch(wr, power("Updating", "starting", "starting"),
		    power("Succeeded", "running", "running"));
	return true;
}

static bool deallocate(struct write *wr)
{
	write_patch(wr, power("Updating", "deallocating", "deallocating"),
		    power("Succeeded", "deallocated", "deallocated"));
	return true;
}

#define TURN(takes, fn) WRITE_FOLLOWED(takes, 10, COMPUTE, COMPUTE "?monitor=true", fn)

const struct write_rule write_vm_start = TURN(40, start);
const struct write_rule write_vm_deallocate = TURN(50, deallocate);

/* What hangs on something is not to be deleted. */
static bool delete_resource(struct write *wr)
{
	const char *managed_by = write_text(wr->doc, "managedBy");
	const char *member;
	struct str key = write_key(wr->doc, &member);

	if (managed_by && managed_by[0])
		return write_refuse(wr, 409, "OperationNotAllowed",
				    "Disk is attached to VM '%s'.", managed_by);
	if (json_at(wr->doc, STR("properties.virtualMachine")) ||
	    json_at(wr->doc, STR("properties.ipConfiguration")))
		return write_refuse(wr, 400, "InUseResourceCannotBeDeleted",
				    "The resource is in use and cannot be deleted.");
	writes_remove(&wr->w->written, wr->op, member, key,
		      write_json(
			      "{\"properties\":{\"provisioningState\":\"Deleting\"}}"));
	return true;
}

const struct write_rule write_delete = {
	.end = WRITE_OPERATION,
	.takes_s = 12,
	.retry_s = 5,
	.status = COMPUTE,
	.result = COMPUTE "?monitor=true",
	.change = delete_resource,
};

struct wanted_pool {
	double count, low, high;
	bool is_autoscaled;
};

static bool read_pool(struct write *wr, const cJSON *properties, struct wanted_pool *out)
{
	const char *size = json_text(properties, "vmSize");
	const char *has = write_text(wr->doc, "properties.vmSize");
	const char *mode = write_text(wr->doc, "properties.mode");
	bool is_system = mode && strcmp(mode, "System") == 0;

	out->is_autoscaled = json_bool(properties, "enableAutoScaling", false);
	if (!json_number(properties, "count", &out->count))
		return write_refuse(wr, 400, "InvalidParameter",
				    "Required parameter agentPoolProfile.count is "
				    "missing (null).");
	if (size && has && strcmp(size, has) != 0)
		return write_refuse(wr, 400, "PropertyChangeNotAllowed",
				    "Changing property 'properties.vmSize' is not "
				    "allowed.");
	if (out->count < is_system || out->count > 1000)
		return write_refuse(wr, 400, "InvalidParameter",
				    "The value of parameter agentPoolProfile.count is "
				    "invalid.");
	if (!out->is_autoscaled)
		return true;
	if (!json_number(properties, "minCount", &out->low) ||
	    !json_number(properties, "maxCount", &out->high) || out->low > out->high)
		return write_refuse(wr, 400, "InvalidParameter",
				    "The value of parameter agentPoolProfile.minCount "
				    "is invalid.");
	if (out->count < out->low || out->count > out->high)
		return write_refuse(wr, 400, "InvalidParameter",
				    "The value of parameter agentPoolProfile.count must "
				    "be between minCount and maxCount.");
	return true;
}

static cJSON *pool_patch(const struct write *wr, const struct wanted_pool *to)
{
	struct guid etag = guid_of(wr->w->seed, "etag", wr->w->written.n_made);

	if (!to->is_autoscaled)
		return write_json("{\"properties\":{\"eTag\":\"%s\",\"count\":%.0f,"
				  "\"enableAutoScaling\":false,\"minCount\":null,"
				  "\"maxCount\":null,\"provisioningState\":\"%s\"}}",
				  etag.text, to->count, "Succeeded");
	return write_json("{\"properties\":{\"eTag\":\"%s\",\"enableAutoScaling\":true,"
			  "\"minCount\":%.0f,\"maxCount\":%.0f,"
			  "\"provisioningState\":\"%s\"}}",
			  etag.text, to->low, to->high, "Succeeded");
}

static bool put_pool(struct write *wr)
{
	struct wanted_pool to = {0};
	double has = 0;

	if (!read_pool(wr, json_member(wr->body, "properties"), &to))
		return false;
	json_number(json_member(wr->doc, "properties"), "count", &has);
	write_patch(wr,
		    write_json("{\"properties\":{\"provisioningState\":\"%s\"}}",
			       has == to.count ? "Updating" : "Scaling"),
		    pool_patch(wr, &to));
	return true;
}

const struct write_rule write_node_pool = {
	.end = WRITE_SHOWN,
	.needs_body = true,
	.takes_s = 150,
	.retry_s = 15,
	.status = "Microsoft.ContainerService/locations/@/operations/#",
	.etag = "properties.eTag",
	.change = put_pool,
};
