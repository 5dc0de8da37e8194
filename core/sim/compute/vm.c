/* See vm.h. The power state comes only with Resource Graph, under `extended`; the
 * provider's own list has none without being asked for it. */
#include "sim/compute/vm.h"

#include <stdio.h>

#include "base/count.h"
#include "base/xalloc.h"
#include "sim/rhythm.h"

#define AT   "rg-atlas-prod-weu"
#define QX   "rg-qodex-prod-weu"
#define CI   "rg-shared-ci-weu"
#define HUB  "rg-shared-network-weu"
#define TEST "rg-atlas-test-weu"
#define DEV  "rg-qodex-dev-weu"

#define OK  "Succeeded"
#define UP  "running"
#define OFF "deallocated"

const struct vm vm_machines[] = {
	{"vm-atlas-app-01", AT, "Standard_D8s_v5", "jammy", UP, OK, 1, 1, "Premium_LRS",
	 false, true, 611, NULL},
	{"vm-atlas-app-02", AT, "Standard_D8s_v5", "jammy", UP, OK, 2, 1, "Premium_LRS",
	 false, true, 611, NULL},
	{"vm-atlas-batch-01", AT, "Standard_E16s_v5", "jammy", UP, OK, 1, 2,
	 "Premium_LRS", false, true, 398, NULL},
	{"vm-atlas-files-01", AT, "Standard_D4s_v5", "win2019", UP, OK, 0, 4,
	 "StandardSSD_LRS", false, false, 1240, NULL},
	{"vm-qodex-web-01", QX, "Standard_D4s_v5", "jammy", UP, OK, 1, 0, "Premium_LRS",
	 false, true, 287, NULL},
	{"vm-qodex-web-02", QX, "Standard_D4s_v5", "jammy", UP, OK, 2, 0, "Premium_LRS",
	 false, true, 287, NULL},
	{"vm-qodex-index-01", QX, "Standard_E8s_v5", "focal", UP, OK, 3, 3,
	 "StandardSSD_LRS", false, false, 902, NULL},
	{"vm-qodex-relay-01", QX, "Standard_B2ms", "focal", UP, "Updating", 0, 0,
	 "StandardSSD_LRS", false, false, 2, NULL},
	{"vm-qodex-build-01", QX, "Standard_D8s_v5", "win2022", "stopped", OK, 0, 1,
	 "Premium_LRS", false, false, 455, NULL},
	{"vm-bastion-weu", HUB, "Standard_B2s", "jammy", UP, OK, 0, 0, "StandardSSD_LRS",
	 false, true, 800, NULL},
	{"vm-atlas-test-01", TEST, "Standard_B4ms", "jammy", OFF, OK, 0, 0,
	 "StandardSSD_LRS", false, false, 144, RHYTHM_SCHEDULE_WEST},
	{"vm-atlas-test-02", TEST, "Standard_B4ms", "bionic", UP, "Failed", 0, 1,
	 "Standard_LRS", false, false, 1490, RHYTHM_SCHEDULE_WEST},
	{"vm-qodex-dev-01", DEV, "Standard_D4s_v5", "win2022", OFF, OK, 0, 1,
	 "StandardSSD_LRS", false, false, 96, RHYTHM_SCHEDULE_WEST},
	{"vm-qodex-dev-gpu", DEV, "Standard_NC6s_v3", "jammy", OFF, OK, 0, 1,
	 "Premium_LRS", true, false, 61, NULL},
	{"atlas-build-01", CI, "Standard_D4s_v5", "jammy", UP, OK, 1, 1, "Premium_LRS",
	 false, true, 420, NULL},
	{"atlas-build-02", CI, "Standard_D4s_v5", "jammy", UP, OK, 2, 1, "Premium_LRS",
	 false, true, 420, NULL},
	{"atlas-build-03", CI, "Standard_D4s_v5", "jammy", UP, OK, 3, 1, "Premium_LRS",
	 false, true, 420, NULL},
	{"atlas-build-04", CI, "Standard_D8s_v5", "jammy", UP, OK, 1, 1, "Premium_LRS",
	 false, true, 233, NULL},
	{"atlas-build-05", CI, "Standard_D4s_v5", "jammy", "stopped", OK, 2, 1,
	 "Premium_LRS", false, true, 420, NULL},
	{"atlas-build-06", CI, "Standard_D4s_v5", "jammy", UP, OK, 3, 1, "Premium_LRS",
	 false, true, 420, NULL},
	{"vm-ci-mac-relay", CI, "Standard_D2s_v5", "jammy", UP, OK, 0, 0,
	 "StandardSSD_LRS", false, true, 330, NULL},
};
const size_t vm_n_machines = COUNT(vm_machines);

static const struct image {
	const char *key, *publisher, *offer, *sku, *version, *os, *os_name, *os_version;
} images[] = {
	{"bionic", "Canonical", "UbuntuServer", "18_04-lts-gen2", "18.04.202305220",
	 "Linux", "ubuntu", "18.04"},
	{"focal", "Canonical", "0001-com-ubuntu-server-focal", "20_04-lts-gen2",
	 "20.04.202505200", "Linux", "ubuntu", "20.04"},
	{"jammy", "Canonical", "0001-com-ubuntu-server-jammy", "22_04-lts-gen2",
	 "22.04.202602040", "Linux", "ubuntu", "22.04"},
	{"win2019", "MicrosoftWindowsServer", "WindowsServer",
	 "2019-datacenter-gensecond", "17763.8276.260110", "Windows",
	 "Windows Server 2019 Datacenter", "10.0.17763.8276"},
	{"win2022", "MicrosoftWindowsServer", "WindowsServer", "2022-datacenter-g2",
	 "20348.4529.260110", "Windows", "Windows Server 2022 Datacenter",
	 "10.0.20348.4529"},
};

static const struct image *image_of(const struct vm *vm)
{
	for (size_t i = 0; i < COUNT(images); i++)
		if (strcmp(images[i].key, vm->image) == 0)
			return &images[i];
	fatal("simulator: a machine names an image that is not there");
}

static bool is_linux(const struct image *image)
{
	return strcmp(image->os, "Linux") == 0;
}

static void put_disk_id(struct strbuf *out, const struct resource *r, const char *disk)
{
	jw_object(out, "managedDisk");
	jw_format(out, "id",
		  "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.Compute/"
		  "disks/%s",
		  estate_sub_id(r->group), r->group->name, disk);
	jw_text(out, "storageAccountType", ((const struct vm *)r->what)->disk_sku);
	jw_object_end(out);
}

static void put_storage(const struct resource *r, struct strbuf *out)
{
	const struct vm *vm = r->what;
	const struct image *image = image_of(vm);
	char disk[128];

	jw_object(out, "storageProfile");
	jw_object(out, "imageReference");
	jw_text(out, "publisher", image->publisher);
	jw_text(out, "offer", image->offer);
	jw_text(out, "sku", image->sku);
	jw_text(out, "version", "latest");
	jw_text(out, "exactVersion", image->version);
	jw_object_end(out);
	jw_object(out, "osDisk");
	snprintf(disk, sizeof(disk), "%s_OsDisk", vm->name);
	jw_text(out, "name", disk);
	jw_text(out, "osType", image->os);
	jw_text(out, "createOption", "FromImage");
	jw_text(out, "caching", "ReadWrite");
	jw_int(out, "diskSizeGB", is_linux(image) ? 64 : 127);
	put_disk_id(out, r, disk);
	jw_object_end(out);
	jw_list(out, "dataDisks");
	for (int i = 0; i < vm->data_disks; i++) {
		snprintf(disk, sizeof(disk), "%s_Data_%d", vm->name, i);
		jw_object(out, NULL);
		jw_int(out, "lun", i);
		jw_text(out, "name", disk);
		jw_text(out, "createOption", "Attach");
		jw_int(out, "diskSizeGB", 512);
		put_disk_id(out, r, disk);
		jw_object_end(out);
	}
	jw_list_end(out);
	jw_object_end(out);
}

static void put_os(const struct vm *vm, struct strbuf *out)
{
	jw_object(out, "osProfile");
	jw_text(out, "computerName", vm->name);
	jw_text(out, "adminUsername", "opsadmin");
	if (is_linux(image_of(vm))) {
		jw_object(out, "linuxConfiguration");
		jw_bool(out, "disablePasswordAuthentication", vm->has_identity);
		jw_bool(out, "provisionVMAgent", true);
	} else {
		jw_object(out, "windowsConfiguration");
		jw_bool(out, "enableAutomaticUpdates", true);
		jw_bool(out, "provisionVMAgent", true);
	}
	jw_object_end(out);
	jw_list(out, "secrets");
	jw_list_end(out);
	jw_object_end(out);
}

static void put_instance_view(const struct vm *vm, struct strbuf *out)
{
	const struct image *image = image_of(vm);

	jw_object(out, "extended");
	jw_object(out, "instanceView");
	jw_object(out, "powerState");
	jw_format(out, "code", "PowerState/%s", vm->power);
	jw_text(out, "level", "Info");
	jw_format(out, "displayStatus", "VM %s", vm->power);
	jw_object_end(out);
	/* The agent tells these, so only of a machine that runs. */
	if (strcmp(vm->power, UP) == 0) {
		jw_text(out, "computerName", vm->name);
		jw_text(out, "osName", image->os_name);
		jw_text(out, "osVersion", image->os_version);
		jw_text(out, "hyperVGeneration", "V2");
	}
	jw_object_end(out);
	jw_object_end(out);
}

static void put_identity(const struct world *w, const struct vm *vm, struct strbuf *out)
{
	if (!vm->has_identity)
		return;
	jw_object(out, "identity");
	jw_text(out, "type", "SystemAssigned");
	jw_text(out, "principalId", guid_of(w->seed, vm->name, 1).text);
	jw_text(out, "tenantId", ESTATE_TENANT);
	jw_object_end(out);
}

static void put_vm(const struct world *w, const struct resource *r, struct strbuf *out)
{
	const struct vm *vm = r->what;
	int64_t day_ms = w->now_ms - w->now_ms % DAY_MS;

	jw_object(out, "properties");
	jw_text(out, "vmId", guid_of(w->seed, vm->name, 0).text);
	jw_object(out, "hardwareProfile");
	jw_text(out, "vmSize", vm->size);
	jw_object_end(out);
	jw_text(out, "provisioningState", vm->state);
	if (vm->is_spot) {
		jw_text(out, "priority", "Spot");
		jw_text(out, "evictionPolicy", "Deallocate");
	}
	put_storage(r, out);
	put_os(vm, out);
	jw_object(out, "networkProfile");
	jw_list(out, "networkInterfaces");
	jw_object(out, NULL);
	jw_format(out, "id",
		  "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.Network/"
		  "networkInterfaces/nic-%s",
		  estate_sub_id(r->group), r->group->name, vm->name);
	jw_object_end(out);
	jw_list_end(out);
	jw_object_end(out);
	jw_time(out, "timeCreated", day_ms - vm->age_days * DAY_MS + 9 * HOUR_MS, 7);
	put_instance_view(vm, out);
	jw_object_end(out);
	put_identity(w, vm, out);
	if (vm->zone) {
		jw_list(out, "zones");
		jw_format(out, NULL, "%d", vm->zone);
		jw_list_end(out);
	}
}

/* Machines of a group share its network. */
static const struct place {
	const char *group, *vnet, *subnet;
} places[] = {
	{AT, "vnet-atlas-prod-weu", "snet-app"}, {QX, "vnet-qodex-prod-weu", "snet-web"},
	{HUB, "vnet-hub-weu", "snet-shared"},	 {TEST, "vnet-atlas-test-weu", "default"},
	{DEV, "vnet-qodex-dev-weu", "default"},
};

static void put_nic(const struct world *w, const struct resource *r, struct strbuf *out)
{
	const struct vm *vm = r->what;

	(void)w;
	jw_object(out, "properties");
	jw_text(out, "provisioningState", OK);
	jw_bool(out, "primary", true);
	jw_object(out, "virtualMachine");
	jw_format(out, "id",
		  "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.Compute/"
		  "virtualMachines/%s",
		  estate_sub_id(r->group), r->group->name, vm->name);
	jw_object_end(out);
	jw_list(out, "ipConfigurations");
	for (size_t i = 0; i < COUNT(places); i++) {
		if (strcmp(places[i].group, vm->group) != 0)
			continue;
		jw_object(out, NULL);
		jw_text(out, "name", "ipconfig1");
		jw_object(out, "properties");
		jw_object(out, "subnet");
		jw_format(out, "id",
			  "/subscriptions/%s/resourceGroups/%s/providers/"
			  "Microsoft.Network/virtualNetworks/%s/subnets/%s",
			  estate_sub_id(r->group), r->group->name, places[i].vnet,
			  places[i].subnet);
		jw_object_end(out);
		jw_object_end(out);
		jw_object_end(out);
	}
	jw_list_end(out);
	jw_object_end(out);
}

static void put_disk(const struct world *w, const struct resource *r, struct strbuf *out)
{
	const struct vm *vm = r->what;
	int64_t day_ms = w->now_ms - w->now_ms % DAY_MS;

	jw_format(out, "managedBy",
		  "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.Compute/"
		  "virtualMachines/%s",
		  estate_sub_id(r->group), r->group->name, vm->name);
	jw_object(out, "properties");
	jw_text(out, "provisioningState", OK);
	jw_text(out, "diskState", strcmp(vm->power, UP) == 0 ? "Attached" : "Reserved");
	jw_int(out, "diskSizeGB", strstr(r->name, "_Data_") ? 512 : 64);
	jw_time(out, "timeCreated", day_ms - vm->age_days * DAY_MS + 9 * HOUR_MS, 7);
	jw_object_end(out);
}

static void add_part(struct inventory *inv, const struct vm *vm, const char *type,
		     const char *name, resource_put_fn put)
{
	bool is_disk = put == put_disk;

	inventory_add(inv, vm->group,
		      &(struct resource){.name = arena_strdup(inv->arena, str_from(name)),
					 .type = type,
					 .sku = is_disk ? vm->disk_sku : NULL,
					 .put = put,
					 .what = vm});
}

void vm_contribute(struct inventory *inv)
{
	static const char disk[] = "Microsoft.Compute/disks";
	char name[128];

	for (size_t i = 0; i < vm_n_machines; i++) {
		const struct vm *vm = &vm_machines[i];

		inventory_add(
			inv, vm->group,
			&(struct resource){.name = vm->name,
					   .type = "Microsoft.Compute/virtualMachines",
					   .is_measured = true,
					   .hours = vm->hours,
					   .put = put_vm,
					   .what = vm});
		snprintf(name, sizeof(name), "nic-%s", vm->name);
		add_part(inv, vm, "Microsoft.Network/networkInterfaces", name, put_nic);
		snprintf(name, sizeof(name), "%s_OsDisk", vm->name);
		add_part(inv, vm, disk, name, put_disk);
		for (int k = 0; k < vm->data_disks; k++) {
			snprintf(name, sizeof(name), "%s_Data_%d", vm->name, k);
			add_part(inv, vm, disk, name, put_disk);
		}
	}
}
