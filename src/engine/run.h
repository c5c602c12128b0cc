/*
 * What one evaluation holds, and the subjects' way through it: judged at once,
 * or kept until the last byte has been read.
 */
#ifndef ENGINE_RUN_H
#define ENGINE_RUN_H

#include "base/sha.h"
#include "engine/finding.h"
#include "engine/link.h"
#include "engine/select.h"
#include "plan/input.h"

/* A control that waits, with what it said of the object that was. */
struct waiting {
	const struct control *control;
	enum selection selection;
	enum verdict before;
	bool before_open; /* it hangs on the rest of the plan */
	struct str was;	  /* see struct finding */
	const struct waiver_match *waivers; /* that fit the subject */
};

struct pending {
	struct pending *next;
	const struct subject *subject;
	size_t count;
	struct waiting items[];
};

struct tfa_eval {
	const struct tfa_policies *policies;
	const struct tfa_options *options;
	struct tfa_report *report;
	struct input *input;
	struct plan *plan;
	struct config *config;
	struct plan_handler handler;
	struct map types; /* type -> struct type_entry */
	struct arena arena; /* types and pending subjects */
	struct pending *pending, **pending_end;
	struct joins joins;
	/* Subjects of planned_values, while there may be no better ones. */
	struct arena retained;
	struct pending *planned, **planned_end;
	bool planned_lost; /* more of them than may be retained */
	struct arena scratch; /* of one judgement */
	struct embedded_texts embedded; /* of the subject at hand */
	struct buf text;
	struct waiting *waiting; /* of the subject at hand */
	size_t waiting_cap;
	struct map warned; /* "control type" that lacks an attribute */
	struct sha256_ctx sha256, content_sha256;
	bool encoded; /* compressed, or with a mark in front */
	uint64_t bytes;
	struct inspector *inspector; /* NULL: nobody looks into resources */
	bool ready; /* the whole plan has been read */
	struct date now; /* meaningful with has_now */
	bool now_ready, has_now;
	bool no_memory; /* where it could not be said */
};

/*
 * The time that dates are judged by: --as-of, else the plan's own (info, NULL
 * while it is not read), else now; empty where that is not known yet.  *by_now
 * may be NULL.
 */
struct str as_of_text(const struct tfa_options *options,
    const struct plan_info *info, bool *by_now);
/* Take it, as far as it is known. */
void as_of_take(struct tfa_eval *eval, const struct plan_info *info);

/* The subject as it will be, or as it was. */
struct scene run_scene(struct tfa_eval *eval, const struct subject *subject,
    bool before);

/* What is known of a type, made at first sight; NULL without memory. */
struct type_entry *run_type(struct tfa_eval *eval, struct str type);

/* For one judgement of the subject; what the one before made is void. */
struct scene run_scene(
    struct tfa_eval *eval, const struct subject *subject, bool before);

/* A subject of the plan: judge it with every control that selects it. */
bool run_subject(struct tfa_eval *eval, const struct subject *subject,
    struct tfa_error *err);
/* One of planned_values: kept in case resource_changes never come. */
bool run_planned(struct tfa_eval *eval, const struct subject *subject,
    struct tfa_error *err);
/* Facts that hold become partners, where the plan is silent. */
bool facts_join(struct tfa_eval *eval);
/* They have come. */
void run_drop_planned(struct tfa_eval *eval);
/* The plan is whole and eval->ready: judge what was kept. */
bool run_settle(struct tfa_eval *eval, struct tfa_error *err);

#endif
