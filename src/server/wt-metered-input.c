/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-metered-input.h"

#include "wt-metered-source.h"

/**
 * WtMeteredInput: the reading end of a #WtMeteredStream.
 */
struct _WtMeteredInput
{
  GInputStream parent_instance;

  GInputStream *base;
  WtMeter *meter;
};

static void wt_metered_input_pollable_init (GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WtMeteredInput,
                               wt_metered_input,
                               G_TYPE_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM,
                                                      wt_metered_input_pollable_init))

static void
set_would_block (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "would block");
}

static gssize
read_once (WtMeteredInput *self, void *buffer, gsize count, GError **error)
{
  gsize allowed = wt_meter_allow (self->meter, WT_METER_READ, count);
  gssize got;

  if (allowed == 0)
    {
      set_would_block (error);
      return -1;
    }
  got = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (self->base), buffer,
                                                  allowed, NULL, error);
  if (got > 0)
    wt_meter_note (self->meter, WT_METER_READ, buffer, (gsize) got);
  return got;
}

static gssize
wt_metered_input_read_nonblocking (GPollableInputStream *stream,
                                   void *buffer,
                                   gsize count,
                                   GError **error)
{
  WtMeteredInput *self = WT_METERED_INPUT (stream);
  gssize got;

  if (!wt_meter_discards_input (self->meter))
    {
      got = read_once (self, buffer, count, error);
      if (got <= 0 || !wt_meter_discards_input (self->meter))
        return got;
    }

  do
    got = read_once (self, buffer, count, error);
  while (got > 0);
  return got;
}

static gboolean
wt_metered_input_can_poll (GPollableInputStream *stream)
{
  WtMeteredInput *self = WT_METERED_INPUT (stream);

  return G_IS_POLLABLE_INPUT_STREAM (self->base)
         && g_pollable_input_stream_can_poll (G_POLLABLE_INPUT_STREAM (self->base));
}

static gboolean
wt_metered_input_is_readable (GPollableInputStream *stream)
{
  WtMeteredInput *self = WT_METERED_INPUT (stream);

  return wt_meter_allow (self->meter, WT_METER_READ, 1) > 0
         && g_pollable_input_stream_is_readable (G_POLLABLE_INPUT_STREAM (self->base));
}

static GSource *
wt_metered_input_create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  WtMeteredInput *self = WT_METERED_INPUT (stream);
  int wait = wt_meter_get_wait (self->meter, WT_METER_READ);
  g_autoptr (GSource) child = NULL;

  if (wait == WT_METER_NOW)
    child = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (self->base), NULL);
  return wt_metered_source_new (G_OBJECT (stream), child, wait, cancellable);
}

static gssize
wt_metered_input_read (GInputStream *stream,
                       void *buffer,
                       gsize count,
                       GCancellable *cancellable,
                       GError **error)
{
  WtMeteredInput *self = WT_METERED_INPUT (stream);

  return g_input_stream_read (self->base, buffer, count, cancellable, error);
}

static gboolean
wt_metered_input_close (GInputStream *stream, GCancellable *cancellable, GError **error)
{
  return g_input_stream_close (WT_METERED_INPUT (stream)->base, cancellable, error);
}

static void
wt_metered_input_finalize (GObject *object)
{
  WtMeteredInput *self = WT_METERED_INPUT (object);

  g_clear_object (&self->base);
  g_clear_pointer (&self->meter, wt_meter_unref);
  G_OBJECT_CLASS (wt_metered_input_parent_class)->finalize (object);
}

static void
wt_metered_input_pollable_init (GPollableInputStreamInterface *iface)
{
  iface->can_poll = wt_metered_input_can_poll;
  iface->is_readable = wt_metered_input_is_readable;
  iface->create_source = wt_metered_input_create_source;
  iface->read_nonblocking = wt_metered_input_read_nonblocking;
}

static void
wt_metered_input_class_init (WtMeteredInputClass *klass)
{
  GInputStreamClass *input_class = G_INPUT_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wt_metered_input_finalize;
  input_class->read_fn = wt_metered_input_read;
  input_class->close_fn = wt_metered_input_close;
}

static void
wt_metered_input_init (WtMeteredInput *self)
{
}

/**
 * wt_metered_input_new:
 * @base: the stream to read
 * @meter: what counts
 *
 * Returns: (transfer full): a pollable stream that gives what @base gives as fast as @meter allows
 */
GInputStream *
wt_metered_input_new (GInputStream *base, WtMeter *meter)
{
  WtMeteredInput *self = g_object_new (WT_TYPE_METERED_INPUT, NULL);

  self->base = g_object_ref (base);
  self->meter = wt_meter_ref (meter);
  return G_INPUT_STREAM (self);
}
