/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-metered-output.h"

#include "wt-metered-source.h"

/**
 * WtMeteredOutput: the writing end of a #WtMeteredStream.
 */
struct _WtMeteredOutput
{
  GOutputStream parent_instance;

  GOutputStream *base;
  WtMeter *meter;
};

static void wt_metered_output_pollable_init (GPollableOutputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WtMeteredOutput,
                               wt_metered_output,
                               G_TYPE_OUTPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_OUTPUT_STREAM,
                                                      wt_metered_output_pollable_init))

static gssize
wt_metered_output_write_nonblocking (GPollableOutputStream *stream,
                                     const void *buffer,
                                     gsize count,
                                     GError **error)
{
  WtMeteredOutput *self = WT_METERED_OUTPUT (stream);
  gsize allowed = wt_meter_allow (self->meter, WT_METER_WRITE, count);
  gssize put;

  if (allowed == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "would block");
      return -1;
    }
  put = g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (self->base), buffer,
                                                    allowed, NULL, error);
  if (put > 0)
    wt_meter_note (self->meter, WT_METER_WRITE, buffer, (gsize) put);
  return put;
}

static gboolean
wt_metered_output_can_poll (GPollableOutputStream *stream)
{
  WtMeteredOutput *self = WT_METERED_OUTPUT (stream);

  return G_IS_POLLABLE_OUTPUT_STREAM (self->base)
         && g_pollable_output_stream_can_poll (G_POLLABLE_OUTPUT_STREAM (self->base));
}

static gboolean
wt_metered_output_is_writable (GPollableOutputStream *stream)
{
  WtMeteredOutput *self = WT_METERED_OUTPUT (stream);

  return wt_meter_allow (self->meter, WT_METER_WRITE, 1) > 0
         && g_pollable_output_stream_is_writable (G_POLLABLE_OUTPUT_STREAM (self->base));
}

static GSource *
wt_metered_output_create_source (GPollableOutputStream *stream, GCancellable *cancellable)
{
  WtMeteredOutput *self = WT_METERED_OUTPUT (stream);
  int wait = wt_meter_get_wait (self->meter, WT_METER_WRITE);
  g_autoptr (GSource) child = NULL;

  if (wait == WT_METER_NOW)
    child = g_pollable_output_stream_create_source (G_POLLABLE_OUTPUT_STREAM (self->base), NULL);
  return wt_metered_source_new (G_OBJECT (stream), child, wait, cancellable);
}

static gssize
wt_metered_output_write (GOutputStream *stream,
                         const void *buffer,
                         gsize count,
                         GCancellable *cancellable,
                         GError **error)
{
  WtMeteredOutput *self = WT_METERED_OUTPUT (stream);

  return g_output_stream_write (self->base, buffer, count, cancellable, error);
}

static gboolean
wt_metered_output_close (GOutputStream *stream, GCancellable *cancellable, GError **error)
{
  return g_output_stream_close (WT_METERED_OUTPUT (stream)->base, cancellable, error);
}

static void
wt_metered_output_finalize (GObject *object)
{
  WtMeteredOutput *self = WT_METERED_OUTPUT (object);

  g_clear_object (&self->base);
  g_clear_pointer (&self->meter, wt_meter_unref);
  G_OBJECT_CLASS (wt_metered_output_parent_class)->finalize (object);
}

static void
wt_metered_output_pollable_init (GPollableOutputStreamInterface *iface)
{
  iface->can_poll = wt_metered_output_can_poll;
  iface->is_writable = wt_metered_output_is_writable;
  iface->create_source = wt_metered_output_create_source;
  iface->write_nonblocking = wt_metered_output_write_nonblocking;
}

static void
wt_metered_output_class_init (WtMeteredOutputClass *klass)
{
  GOutputStreamClass *output_class = G_OUTPUT_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wt_metered_output_finalize;
  output_class->write_fn = wt_metered_output_write;
  output_class->close_fn = wt_metered_output_close;
}

static void
wt_metered_output_init (WtMeteredOutput *self)
{
}

/**
 * wt_metered_output_new:
 * @base: the stream to write
 * @meter: what counts
 *
 * Returns: (transfer full): a pollable stream that writes to @base as fast as @meter allows
 */
GOutputStream *
wt_metered_output_new (GOutputStream *base, WtMeter *meter)
{
  WtMeteredOutput *self = g_object_new (WT_TYPE_METERED_OUTPUT, NULL);

  self->base = g_object_ref (base);
  self->meter = wt_meter_ref (meter);
  return G_OUTPUT_STREAM (self);
}
