/* See explain.h. */
#include "auth/explain.h"

#include "base/count.h"

static const struct explain_row rows[] = {
	{16000, "several accounts are signed in",
	 "sign in with the account of this tenant"},
	{50020, "the account is of another tenant",
	 "invite it as a guest, or sign in with an account of this tenant"},
	{50034, "there is no such user in the tenant", "check the name and the tenant"},
	{50053, "the account is locked", "wait, or have an administrator unlock it"},
	{50055, "the password has expired", "change it in a browser, then sign in again"},
	{50057, "the account is disabled", "have an administrator enable it"},
	{50058, "nobody is signed in", "sign in again"},
	{50059, "no tenant is named", "set the credential's tenant to its id or domain"},
	{50076, "multi-factor sign-in is wanted",
	 "sign in again: azdeck login, or az login"},
	{50079, "multi-factor sign-in must be set up",
	 "register a second factor in a browser, then sign in again"},
	{50105, "the account has no role in this application",
	 "have it assigned to the enterprise application"},
	{50126, "user name or password is wrong", "sign in again"},
	{50173, "the sign-in was revoked", "sign in again: azdeck login, or az login"},
	{50199, "Conditional Access wants a confirmation",
	 "device code may be forbidden here; use az login or a service principal"},
	{53000, "the device does not comply",
	 "sign in from a managed device, or use a service principal"},
	{53001, "the device is not joined",
	 "sign in from a joined device, or use a service principal"},
	{53003, "Conditional Access blocks it",
	 "device code may be forbidden here; use az login, or ask who owns the policy"},
	{65001, "nobody consented to this application",
	 "have an administrator grant consent for it"},
	{70008, "the sign-in is too old", "sign in again: azdeck login, or az login"},
	{70011, "the scope is no scope",
	 "check the connection's scope; it ends in /.default"},
	{70016, "the code waits to be entered", "enter it in the browser"},
	{70018, "the code is wrong or was used", "ask for a new one: azdeck login"},
	{70019, "the code has expired", "ask for a new one: azdeck login"},
	{70021, "no federated credential matches the token",
	 "compare its issuer, subject and audience with the token file's"},
	{70043, "the sign-in frequency policy ended it",
	 "sign in again: azdeck login, or az login"},
	{90002, "there is no such tenant",
	 "check the tenant, and the cloud of the connection"},
	{90033, "sign-in is down for a moment", "try again in a minute"},
	{90072, "the account is of another tenant",
	 "invite it as a guest, or sign in with an account of this tenant"},
	{130501, "the managed identity was not found",
	 "assign it to this resource; a new one takes some minutes"},
	{500011, "the tenant does not know this resource",
	 "check the scope, and the cloud of the connection"},
	{530002, "the device does not comply",
	 "sign in from a managed device, or use a service principal"},
	{530032, "a security policy blocks it", "ask who owns the policy"},
	{530035, "security defaults block it", "use az login or a service principal"},
	{700003, "the device is unknown", "join it again, or use a service principal"},
	{700016, "the tenant has no such application", "check client_id and tenant"},
	{700024, "the assertion's time is out of range",
	 "set this machine's clock; or the token file is stale"},
	{700027, "the certificate is not registered or the signature is wrong",
	 "upload the certificate to the application; or set algorithm to RS256"},
	{700082, "the sign-in has expired from disuse",
	 "sign in again: azdeck login, or az login"},
	{700084, "the sign-in has expired", "sign in again: azdeck login, or az login"},
	{700211, "no federated credential has the token's issuer",
	 "compare its issuer with the federated credential's"},
	{700212, "no federated credential has the token's audience",
	 "compare its audience with the federated credential's"},
	{700213, "no federated credential has the token's subject",
	 "compare its subject with the federated credential's"},
	{900382, "the tenant is of another cloud", "check the cloud of the connection"},
	{1002012, "the scope is not for an application", "it must end in /.default"},
	{7000112, "the application is disabled", "have an administrator enable it"},
	{7000215, "the client secret is wrong",
	 "give the secret's value, not its id; or make a new one"},
	{7000218, "a secret or certificate is wanted",
	 "allow public client flows in the application, or use a certificate"},
	{7000222, "the client secret has expired", "make a new one and store it"},
	{7000229, "the application has no service principal here",
	 "create its enterprise application in this tenant"},
};

const struct explain_row *explain_at(size_t i)
{
	return i < COUNT(rows) ? &rows[i] : NULL;
}

const struct explain_row *explain_find(int number)
{
	const struct explain_row *row;

	for (size_t i = 0; (row = explain_at(i)); i++) {
		if (row->number == number)
			return row;
	}
	return NULL;
}

int explain_number(struct str text)
{
	ptrdiff_t at = str_find(text, STR("AADSTS"));
	int number = 0;

	if (at < 0)
		return 0;
	text = str_sub(text, (size_t)at + 6, 9);
	for (size_t i = 0; i < text.n && text.p[i] >= '0' && text.p[i] <= '9'; i++)
		number = number * 10 + (text.p[i] - '0');
	return number;
}
