/* placeholder, replaced by the deck */
int main(void)
{
	return 0;
}
