/* The grammar of business-hours tags: what each form means, and what each malformed
 * one is told, with its place. */
#include "unit/check.h"

#include "schedule/tag.h"
#include "unit/zone_fixture.h"

static struct zones zones;

static int setup(void **state)
{
	if (zone_fixture_make(state) != 0)
		return -1;
	zones_init(&zones, zone_fixture_folder());
	return 0;
}

static int teardown(void **state)
{
	zones_fini(&zones);
	return zone_fixture_drop(state);
}

static void put_figures(struct strbuf *out, const struct schedule_figures *f)
{
	if (f->tier[0])
		strbuf_printf(out, " %s", f->tier);
	if (f->size[0])
		strbuf_printf(out, " %s", f->size);
	if (f->count >= 0)
		strbuf_printf(out, " x%d", f->count);
}

/* "on mtwhf 07:00, off mtwhf 19:00 New_York" */
static void put_schedule(struct strbuf *out, const struct schedule *s)
{
	const char *slash;

	if (s->is_opted_out) {
		strbuf_puts(out, "opted out");
		return;
	}
	for (size_t i = 0; i < s->n_times; i++) {
		const struct schedule_time *t = &s->times[i];

		strbuf_printf(out, "%s%s ", i ? ", " : "", t->is_on ? "on" : "off");
		for (int day = 0; day < 7; day++) {
			if (t->days & (1 << day))
				strbuf_putc(out, "mtwhfsu"[day]);
		}
		strbuf_printf(out, " %02d:%02d", t->minute / 60, t->minute % 60);
		put_figures(out, &t->figures);
	}
	slash = strrchr(s->zone->name, '/');
	strbuf_printf(out, " %s", slash ? slash + 1 : s->zone->name);
	for (int i = 1; i >= 0; i--) {
		size_t before = out->n;

		strbuf_puts(out, i ? "; on" : "; off");
		put_figures(out, &s->figures[i]);
		if (out->p[out->n - 1] == (i ? 'n' : 'f'))
			strbuf_cut(out, before);
	}
	for (size_t i = 0; i < s->n_skips; i++)
		strbuf_printf(out, " -%d", (int)s->skips[i]);
}

static void check_meaning(const char *tag, const struct schedule *defaults,
			  const char *want)
{
	struct schedule_error error;
	struct schedule s;
	struct strbuf got;

	strbuf_init(&got, 4096);
	if (!schedule_parse(str_from(tag), defaults, &zones, &s, &error))
		fail_msg("case \"%s\": %s, at %zu", tag, error.text, error.at);
	check_case(tag, error.text[0] == '\0');
	put_schedule(&got, &s);
	check_text(tag, strbuf_str(&got), want);
	strbuf_fini(&got);
}

#define USUAL	 "on mtwhf 07:00, off mtwhf 19:00"
#define SEVEN_TO "on mtwhf 07:00, off mtwhf "

static void tags_mean(void **state)
{
	static const struct {
		const char *tag, *want;
	} cases[] = {
		/* whole tags */
		{"", USUAL " New_York"},
		{"  ", USUAL " New_York"},
		{"on", USUAL " New_York"},
		{"ON", USUAL " New_York"},
		{"\"on\"", USUAL " New_York"},
		{"off", "opted out"},
		{"'off'", "opted out"},
		{"OFF;", "opted out"},
		{"opt-out", "opted out"},
		/* the examples that everybody starts from */
		{"off=(m-f,19);on=(m-f,7);tz=et", USUAL " New_York"},
		{"off=(M-F,19);on=(M-F,7);tz=ET", USUAL " New_York"},
		{"off=[(M-F,21),(U,18)];on=[(M-F,6),(U,10)];tz=pt",
		 "on mtwhf 06:00, on u 10:00, off u 18:00, off mtwhf 21:00 Los_Angeles"},
		{"off=[(m-f,9)];on=(m-s,10);tz=pt",
		 "off mtwhf 09:00, on mtwhfs 10:00 Los_Angeles"},
		{"off=[m-f,20];on=[m-f,5];tz=est",
		 "on mtwhf 05:00, off mtwhf 20:00 New_York"},
		{"off=m-f,20;on=m-f,5", "on mtwhf 05:00, off mtwhf 20:00 New_York"},
		{"on=[(m,9),(t,10),(w,7)];off=(m-u,19)",
		 "on w 07:00, on m 09:00, on t 10:00, off mtwhfsu 19:00 New_York"},
		{"on=(m,9),(t,10);off=(h,0)",
		 "off h 00:00, on m 09:00, on t 10:00 New_York"},
		/* days */
		{"on=[(s-m,10)];off=(s-m,19)", "on msu 10:00, off msu 19:00 New_York"},
		{"on=(f-f,7);off=(u-m,8)", "on f 07:00, off mu 08:00 New_York"},
		{"on=(t-m,7);off=(u-s,8)",
		 "on mtwhfsu 07:00, off mtwhfsu 08:00 New_York"},
		/* hours and minutes */
		{"off=(m-f,00);on=(m-f,07:05)",
		 "off mtwhf 00:00, on mtwhf 07:05 New_York"},
		{"off=(m-f,23:59);on=(m-f,0:00)",
		 "on mtwhf 00:00, off mtwhf 23:59 New_York"},
		/* halves, and parts that are left out */
		{"off=(m-f,22)", SEVEN_TO "22:00 New_York"},
		{"on=(m-f,5)", "on mtwhf 05:00, off mtwhf 19:00 New_York"},
		{"tz=pt", USUAL " Los_Angeles"},
		{"tz=", USUAL " New_York"},
		{"on;tz=pt", USUAL " Los_Angeles"},
		{"Offhours tz=ET", USUAL " New_York"},
		{"\"Offhours tz=PT\"", USUAL " Los_Angeles"},
		{"offhours", USUAL " New_York"},
		/* blanks and empty parts */
		{";;off=(m-f,22);;", SEVEN_TO "22:00 New_York"},
		{" off = ( m - f , 22 ) ; tz = pt ", SEVEN_TO "22:00 Los_Angeles"},
		{"off=m-f,21,(u,18)",
		 "on mtwhf 07:00, off u 18:00, off mtwhf 21:00 New_York"},
		{"off=[(m-f,21), (u,18)]",
		 "on mtwhf 07:00, off u 18:00, off mtwhf 21:00 New_York"},
		/* zones */
		{"tz=Europe/Berlin", USUAL " Berlin"},
		{"tz=europe/berlin", USUAL " Berlin"},
		{"tz=W. Europe Standard Time", USUAL " Berlin"},
		{"tz=aus eastern standard time", USUAL " Sydney"},
		{"tz=ist", USUAL " Dublin"},
		{"tz=it", USUAL " Kolkata"},
		{"tz=utc", USUAL " UTC"},
		{"tz=gmt", USUAL " UTC"},
		/* escapes */
		{"offu3du28M-Fu2c18u29u3btzu3dAustraliau2fSydney",
		 SEVEN_TO "18:00 Sydney"},
		{"off=u5bu28M-Fu2c18u29u2cu28Su2c13u29u5d",
		 "on mtwhf 07:00, off s 13:00, off mtwhf 18:00 New_York"},
		{"offu3Du28uu2dmu2C18u3a30u29", "on mtwhf 07:00, off mu 18:30 New_York"},
		/* weekends */
		{"weekends-only", "on m 07:00, off f 19:00 New_York"},
		{"weekends-only=true;tz=cet", "on m 07:00, off f 19:00 Berlin"},
		{"weekends-only=false", USUAL " New_York"},
		{"weekends-only;off=(h,20)", "on m 07:00, off h 20:00 New_York"},
		{"weekends=false", "on mtwhfsu 07:00, off mtwhfsu 19:00 New_York"},
		{"weekends=true", USUAL " New_York"},
		/* days to skip */
		{"skip-days=1970-01-02", USUAL " New_York -1"},
		{"skip=[2026-12-25, 2026-12-26]", USUAL " New_York -20812 -20813"},
		{"skip=(2026-12-25)", USUAL " New_York -20812"},
		{"skip=u5b2026u2d12u2d25u5d", USUAL " New_York -20812"},
		/* figures */
		{"tier=BusinessCritical", USUAL " New_York; on BusinessCritical"},
		{"tier=Standard/Basic;size=S3/S0",
		 USUAL " New_York; on Standard S3; off Basic S0"},
		{"count=5/0", USUAL " New_York; on x5; off x0"},
		{"COUNT = 1000 / 1000", USUAL " New_York; on x1000; off x1000"},
		{"on=[(m-h,7),(f,7,size=GP_Gen5_8,count=3)]",
		 "on mtwh 07:00, on f 07:00 GP_Gen5_8 x3, off mtwhf 19:00 New_York"},
		{"off=(m-f,19,tier=S0),(s,12)",
		 "on mtwhf 07:00, off s 12:00, off mtwhf 19:00 S0 New_York"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		check_meaning(cases[i].tag, NULL, cases[i].want);
}

static void defaults_fill_what_is_left_out(void **state)
{
	static const struct {
		const char *defaults, *tag, *want;
	} cases[] = {
		{"tz=cet", "", USUAL " Berlin"},
		{"tz=cet", "on", USUAL " Berlin"},
		{"tz=cet", "off", "opted out"},
		{"tz=cet", "tz=pt", USUAL " Los_Angeles"},
		{"on=(m-f,8:30);tz=cet", "off=(m-f,22)",
		 "on mtwhf 08:30, off mtwhf 22:00 Berlin"},
		{"on=(m-f,8:30)", "weekends-only", "on m 08:30, off f 19:00 New_York"},
		{"size=S3/S0;skip=1970-01-02", "size=S6;skip=1970-01-03",
		 USUAL " New_York; on S6; off S0 -1 -2"},
		{"off", "tz=pt", USUAL " Los_Angeles"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct schedule_error error;
		struct schedule defaults;

		check_case(cases[i].defaults,
			   schedule_parse(str_from(cases[i].defaults), NULL, &zones,
					  &defaults, &error));
		check_meaning(cases[i].tag, &defaults, cases[i].want);
	}
}

static void malformed_tags_are_told_with_their_place(void **state)
{
	static const struct {
		const char *tag;
		size_t at;
		const char *says;
	} cases[] = {
		{"foobar", 0, "no word of a schedule"},
		{"onn", 0, "no word of a schedule"},
		{"off=(m-f,19);nonsense", 13, "no word of a schedule"},
		{"off=(m-f,5);zebra=blue,on=(t-w,5)", 12, "no such key"},
		{"off=[m-f,8];on=[n-f,5];pz=est", 16, "a day is wanted"},
		{"=(m-f,7)", 0, "no such key"},
		{"off=()", 5, "a day is wanted"},
		{"off=", 4, "a day is wanted"},
		{"off=[]", 5, "a day is wanted"},
		{"off=(1-2,12)", 5, "a day is wanted"},
		{"off=(x-f,10);on=(m-f,10)", 5, "a day is wanted"},
		{"off=(m-,10)", 7, "a day is wanted"},
		{"off=(m-f)", 8, "a comma and a time"},
		{"off=(m-t-f,12)", 8, "a comma and a time"},
		{"off=(mon-fri,12)", 6, "a comma and a time"},
		{"off=(m-f 12)", 9, "a comma and a time"},
		{"off=(m-f,)", 9, "an hour is 0 to 23"},
		{"off=(m-f,a)", 9, "an hour is 0 to 23"},
		{"off=(m-f,24)", 9, "an hour is 0 to 23"},
		{"off=(m-f,99)", 9, "an hour is 0 to 23"},
		{"off=(m-f,-1)", 9, "an hour is 0 to 23"},
		{"off=(m-f,019)", 9, "an hour is 0 to 23"},
		{"off=(m-f,99999999999999999999)", 9, "an hour is 0 to 23"},
		{"off=(m-f,19:60)", 12, "two digits"},
		{"off=(m-f,19:5)", 12, "two digits"},
		{"off=(m-f,19:)", 12, "two digits"},
		{"off=(m-f,19:005)", 12, "two digits"},
		{"off=(m-f,19", 11, ") is wanted"},
		{"off=(m-f,19]", 11, ") is wanted"},
		{"off=[(m-f,19)", 13, "] is wanted"},
		{"off=[(m-f,19);on=(m-f,7)]", 13, "] is wanted"},
		{"off=((m-f,19))", 5, "a day is wanted"},
		{"off=[[(m-f,19)]]", 5, "a day is wanted"},
		{"off=(m-f,19))", 12, "nothing may follow"},
		{"off=(m-f,19) on=(m-f,7)", 13, "nothing may follow"},
		{"off=(m-f,19);on=(m-f,7) tz=et", 24, "nothing may follow"},
		{"off=[m-f,9,s,10]", 11, "only tier=, size= and count="},
		{"off=(m-f,19,color=red)", 12, "only tier=, size= and count="},
		{"off=(m-f,19,)", 12, "only tier=, size= and count="},
		{"off=[(m-f,19),]", 14, "a further time stands in round"},
		{"off=[(m-f,19),s,12]", 14, "a further time stands in round"},
		{"off=(m-f,19);off=(s,12)", 13, "stands here twice"},
		{"tz=et;tz=pt", 6, "stands here twice"},
		{"on;on", 3, "stands here twice"},
		{"skip=2026-12-25;skip-days=2026-12-26", 16, "stands here twice"},
		{"off;tz=et", 0, "stands alone"},
		{"tz=et;off", 6, "stands alone"},
		{"on;off", 3, "stands alone"},
		{"on;on=(m-f,7)", 0, "on alone means"},
		{"on=(m-f,7);off=(m-f,7)", 15, "one moment"},
		{"on=(m-f,7);off=(f-m,7:00)", 15, "one moment"},
		{"on=(m-f,19)", 3, "one moment"},
		{"on=[(m-f,7),(f,7,size=S6)]", 12, "one moment"},
		{"tz=evt", 3, "no time zone \"evt\""},
		{"tz=Europe/Nowhere", 3, "no time zone \"Europe/Nowhere\""},
		{"tz=Europe", 3, "no time zone \"Europe\""},
		{"tz=../../etc/passwd", 3, "no name of a time zone"},
		{"tz=/etc/passwd", 3, "no time zone"},
		{"tz=Nowhere Standard Time", 3, "no name of a time zone"},
		{"skip=12-25", 5, "a date is wanted"},
		{"skip=2026-02-30", 5, "a date is wanted"},
		{"skip=20261225", 5, "a date is wanted"},
		{"skip=2026-12-25T07:00:00Z", 5, "a date is wanted"},
		{"skip=[2026-12-25", 16, "] is wanted"},
		{"skip=[2026-12-25)", 16, "] is wanted"},
		{"tier=", 5, "a name is wanted"},
		{"size=/S0", 5, "a name is wanted"},
		{"size=S3/", 8, "a name is wanted"},
		{"size=S3/S0/S1", 10, "nothing may follow"},
		{"tier=ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456", 5, "a name is wanted"},
		{"count=0", 6, "1 to 1000 when on"},
		{"count=1001", 6, "1 to 1000 when on"},
		{"count=5/1001", 8, "0 to 1000 when off"},
		{"count=five", 6, "1 to 1000 when on"},
		{"count=5.5", 7, "nothing may follow"},
		{"weekends=no", 9, "true or false"},
		{"weekends-only=", 14, "true or false"},
		{"off=(m-f,19)\n;on", 12, "no such sign"},
		{"off=(m\xe2\x80\x93"
		 "f,19)",
		 6, "no such sign"},
		{"\x1b[31m", 0, "no such sign"},
		/* places are those of what was written, not of what was meant */
		{"offu3du28xu2c19u29", 9, "a day is wanted"},
		{"  'off=(x,19)'", 8, "a day is wanted"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct schedule_error error;
		struct schedule s;

		check_case(cases[i].tag, !schedule_parse(str_from(cases[i].tag), NULL,
							 &zones, &s, &error));
		if (!strstr(error.text, cases[i].says) || error.at != cases[i].at)
			fail_msg("case \"%s\": %s, at %zu", cases[i].tag, error.text,
				 error.at);
	}
}

static void a_tag_has_bounds(void **state)
{
	struct schedule_error error;
	struct schedule s;
	struct strbuf tag;

	(void)state;
	strbuf_init(&tag, 4096);
	/* As many times as fit. */
	strbuf_puts(&tag, "off=");
	while (tag.n < SCHEDULE_TAG_MAX - 8)
		strbuf_puts(&tag, tag.n > 4 ? ",(m,1)" : "(m,1)");
	assert_true(schedule_parse(strbuf_str(&tag), NULL, &zones, &s, &error));
	assert_in_range(s.n_times, 40, SCHEDULE_MAX_TIMES);
	strbuf_reset(&tag);
	strbuf_pad(&tag, ' ', SCHEDULE_TAG_MAX);
	assert_true(schedule_parse(strbuf_str(&tag), NULL, &zones, &s, &error));
	strbuf_putc(&tag, ' ');
	assert_false(schedule_parse(strbuf_str(&tag), NULL, &zones, &s, &error));
	assert_int_equal(error.at, SCHEDULE_TAG_MAX);
	/* A sign that ends texts elsewhere ends none here. */
	assert_false(schedule_parse(STR("on\0;foo"), NULL, &zones, &s, &error));
	assert_int_equal(error.at, 2);
	assert_true(schedule_parse((struct str){NULL, 0}, NULL, &zones, &s, &error));
	strbuf_fini(&tag);
}

static void a_machine_without_zones_knows_utc(void **state)
{
	struct schedule_error error;
	struct zones none;
	struct schedule s;

	(void)state;
	zones_init(&none, "/nonexistent");
	assert_false(schedule_parse(STR("tz=cet"), NULL, &none, &s, &error));
	assert_true(error.is_machine);
	assert_non_null(strstr(error.text, "tzdata"));
	assert_true(schedule_parse(STR("tz=utc"), NULL, &none, &s, &error));
	assert_true(schedule_parse(STR("off"), NULL, &none, &s, &error));
	assert_false(schedule_parse(STR("tz=("), NULL, &none, &s, &error));
	assert_false(error.is_machine);
	zones_fini(&none);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(tags_mean),
		cmocka_unit_test(defaults_fill_what_is_left_out),
		cmocka_unit_test(malformed_tags_are_told_with_their_place),
		cmocka_unit_test(a_tag_has_bounds),
		cmocka_unit_test(a_machine_without_zones_knows_utc),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
