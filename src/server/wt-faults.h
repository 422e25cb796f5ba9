/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WtFaultError: why a fault's description is refused.
 */
typedef enum
{
  WT_FAULT_ERROR_UNKNOWN = 1,
  WT_FAULT_ERROR_VALUE,
} WtFaultError;
#define WT_FAULT_ERROR (wt_fault_error_quark ())
GQuark wt_fault_error_quark (void);

/**
 * WtFaultChance: what happens now and then.
 * @WT_FAULT_DROP_ACK: an ACK is not sent
 * @WT_FAULT_DUPLICATE: a frame is sent twice
 * @WT_FAULT_MALFORMED: a broken frame is sent before a good one
 * @WT_FAULT_CUT: the socket is cut when a frame arrives, before the frame is read
 * @WT_FAULT_REORDER: a frame waits for the next one to pass it
 */
typedef enum
{
  WT_FAULT_DROP_ACK,
  WT_FAULT_DUPLICATE,
  WT_FAULT_MALFORMED,
  WT_FAULT_CUT,
  WT_FAULT_REORDER,
  WT_N_FAULT_CHANCES,
} WtFaultChance;

/**
 * WtFaults:
 *
 * What a server shall do wrong, for tests; decided by a seeded generator, so that a run can be repeated.
 * Belongs to one thread; reference-counted.
 */
typedef struct _WtFaults WtFaults;

WtFaults *wt_faults_new (guint32 seed);
WtFaults *wt_faults_ref (WtFaults *self);
void wt_faults_unref (WtFaults *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtFaults, wt_faults_unref)

const char *wt_faults_get_help (void);
gboolean wt_faults_add (WtFaults *self, const char *description, GError **error);
void wt_faults_clear (WtFaults *self);

gboolean wt_faults_happens (WtFaults *self, WtFaultChance chance);
gboolean wt_faults_reorders_acks_only (WtFaults *self);
guint wt_faults_get_ack_delay (WtFaults *self);
guint wt_faults_get_rate (WtFaults *self);
guint wt_faults_get_reject_status (WtFaults *self);
gboolean wt_faults_get_real_uuid (WtFaults *self);
gboolean wt_faults_goes_silent (WtFaults *self, guint64 n_frames);
gboolean wt_faults_closes (WtFaults *self, guint64 n_frames, guint16 *code, const char **reason);
GBytes *wt_faults_make_malformed (WtFaults *self);

G_END_DECLS
