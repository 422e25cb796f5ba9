/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WtBackoff:
 * @rand: where chance comes from
 * @failures: attempts since the last success
 *
 * How long to wait before connecting again. Private to the layer.
 */
typedef struct
{
  GRand *rand;
  guint failures;
} WtBackoff;

#define WT_BACKOFF_BASE_MS 500
#define WT_BACKOFF_MOST_MS 30000

void wt_backoff_init (WtBackoff *self);
void wt_backoff_clear (WtBackoff *self);
void wt_backoff_reset (WtBackoff *self);
guint wt_backoff_get_ceiling (const WtBackoff *self);
guint wt_backoff_next (WtBackoff *self);

G_END_DECLS
