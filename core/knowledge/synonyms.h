/* What people say, and what runbooks call it. A rule, not a model: the table can be read,
 * and each row is about a thing of this trade, never about one question.
 * Thread: any (const). */
#ifndef AZ_KNOWLEDGE_SYNONYMS_H
#define AZ_KNOWLEDGE_SYNONYMS_H

struct synonym {
	const char *says;  /* words or phrases, each between '|' */
	const char *means; /* the same; what to look for besides */
};

/* Ended by a row with NULL. */
extern const struct synonym synonyms[];

#endif
