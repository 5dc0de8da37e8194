/* Virtual machines and their disks. Thread: core. */
#ifndef AZ_SIM_VM_H
#define AZ_SIM_VM_H

#include "sim/inventory.h"

struct vm {
	const char *name;
	const char *group;
	const char *size;
	const char *image; /* a row of images[] */
	const char *power; /* "running", "deallocated", "stopped" */
	const char *state; /* of provisioning */
	int zone;	   /* 0: none */
	int data_disks;
	const char *disk_sku;
	bool is_spot;
	bool has_identity;
	int age_days;
	const char *hours; /* its tag of business hours, or NULL */
};
extern const struct vm vm_machines[];
extern const size_t vm_n_machines;

void vm_contribute(struct inventory *inv);

#endif
