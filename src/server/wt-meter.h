/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WtMeter:
 *
 * What goes through one connection's stream: how much waits to be written, whether the peer was heard,
 * messages over the limit; and the throttle and the stall that faults ask for. Shared by the stream's
 * two ends and the connection; belongs to one thread; reference-counted.
 */
typedef struct _WtMeter WtMeter;

typedef enum
{
  WT_METER_READ,
  WT_METER_WRITE,
} WtMeterSide;

/* Answers of wt_meter_get_wait() that are not milliseconds. */
#define WT_METER_NOW 0
#define WT_METER_NEVER (-1)

WtMeter *wt_meter_new (guint64 max_message);
WtMeter *wt_meter_ref (WtMeter *self);
void wt_meter_unref (WtMeter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtMeter, wt_meter_unref)

/* For the connection. */
void wt_meter_set_too_big_func (WtMeter *self, void (*func) (gpointer data), gpointer data);
void wt_meter_add_queued (WtMeter *self, gsize bytes);
gsize wt_meter_get_queued (WtMeter *self);
gboolean wt_meter_is_between_frames (WtMeter *self);
gboolean wt_meter_take_heard (WtMeter *self);
void wt_meter_stall (WtMeter *self);
gboolean wt_meter_is_stalled (WtMeter *self);
void wt_meter_discard_input (WtMeter *self);
void wt_meter_set_rate (WtMeter *self, guint bytes_per_second);

/* For the stream's ends. */
gsize wt_meter_allow (WtMeter *self, WtMeterSide side, gsize wanted);
void wt_meter_note (WtMeter *self, WtMeterSide side, gconstpointer bytes, gsize length);
int wt_meter_get_wait (WtMeter *self, WtMeterSide side);
gboolean wt_meter_discards_input (WtMeter *self);

G_END_DECLS
