/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-metered-stream.h"

#include "wt-metered-input.h"
#include "wt-metered-output.h"

/**
 * WtMeteredStream:
 *
 * Between libsoup's WebSocket and its socket. libsoup does not tell how much it still has to write, and
 * neither bounds fragmented messages nor shares its time among the connections; the #WtMeter does.
 */
struct _WtMeteredStream
{
  GIOStream parent_instance;

  GIOStream *base;
  GSocket *socket;
  WtMeter *meter;
  GInputStream *input;
  GOutputStream *output;
};

G_DEFINE_FINAL_TYPE (WtMeteredStream, wt_metered_stream, G_TYPE_IO_STREAM)

static GInputStream *
wt_metered_stream_get_input_stream (GIOStream *stream)
{
  return WT_METERED_STREAM (stream)->input;
}

static GOutputStream *
wt_metered_stream_get_output_stream (GIOStream *stream)
{
  return WT_METERED_STREAM (stream)->output;
}

static gboolean
wt_metered_stream_close (GIOStream *stream, GCancellable *cancellable, GError **error)
{
  return g_io_stream_close (WT_METERED_STREAM (stream)->base, cancellable, error);
}

static void
on_base_closed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (g_io_stream_close_finish (G_IO_STREAM (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
wt_metered_stream_close_async (GIOStream *stream,
                               int priority,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  WtMeteredStream *self = WT_METERED_STREAM (stream);
  g_autoptr (GTask) task = g_task_new (stream, cancellable, callback, data);

  g_task_set_source_tag (task, wt_metered_stream_close_async);
  g_io_stream_close_async (self->base, priority, cancellable, on_base_closed,
                           g_steal_pointer (&task));
}

static gboolean
wt_metered_stream_close_finish (GIOStream *stream, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
wt_metered_stream_finalize (GObject *object)
{
  WtMeteredStream *self = WT_METERED_STREAM (object);

  /* GIOStream closes itself when it is disposed of, so the base is closed by now. */
  g_clear_object (&self->input);
  g_clear_object (&self->output);
  g_clear_object (&self->base);
  g_clear_object (&self->socket);
  g_clear_pointer (&self->meter, wt_meter_unref);
  G_OBJECT_CLASS (wt_metered_stream_parent_class)->finalize (object);
}

static void
wt_metered_stream_class_init (WtMeteredStreamClass *klass)
{
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wt_metered_stream_finalize;
  stream_class->get_input_stream = wt_metered_stream_get_input_stream;
  stream_class->get_output_stream = wt_metered_stream_get_output_stream;
  stream_class->close_fn = wt_metered_stream_close;
  stream_class->close_async = wt_metered_stream_close_async;
  stream_class->close_finish = wt_metered_stream_close_finish;
}

static void
wt_metered_stream_init (WtMeteredStream *self)
{
}

/**
 * wt_metered_stream_new:
 * @base: a stream whose ends are pollable
 * @socket: (nullable): the socket under it
 * @meter: what counts
 *
 * Returns: (transfer full): a stream that lets @meter see and govern what goes through @base
 */
WtMeteredStream *
wt_metered_stream_new (GIOStream *base, GSocket *socket, WtMeter *meter)
{
  WtMeteredStream *self = g_object_new (WT_TYPE_METERED_STREAM, NULL);

  self->base = g_object_ref (base);
  g_set_object (&self->socket, socket);
  self->meter = wt_meter_ref (meter);
  self->input = wt_metered_input_new (g_io_stream_get_input_stream (base), meter);
  self->output = wt_metered_output_new (g_io_stream_get_output_stream (base), meter);
  return self;
}

/**
 * wt_metered_stream_get_meter:
 * @self: a stream
 *
 * Returns: (transfer none): its meter
 */
WtMeter *
wt_metered_stream_get_meter (WtMeteredStream *self)
{
  return self->meter;
}

/**
 * wt_metered_stream_write_past:
 * @self: a stream
 * @bytes: (array length=length): one whole WebSocket frame
 * @length: its length, a few dozen bytes
 *
 * Writes a frame that libsoup would refuse to write, if the stream is between two frames and has room.
 *
 * Returns: whether it is written
 */
gboolean
wt_metered_stream_write_past (WtMeteredStream *self, gconstpointer bytes, gsize length)
{
  GOutputStream *output = g_io_stream_get_output_stream (self->base);

  if (!wt_meter_is_between_frames (self->meter) || wt_meter_is_stalled (self->meter))
    return FALSE;
  return g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (output), bytes,
                                                     length, NULL, NULL)
         == (gssize) length;
}

/**
 * wt_metered_stream_shut_down:
 * @self: a stream
 *
 * Ends the socket both ways at once, whatever is still to be written: nothing waits for the peer.
 */
void
wt_metered_stream_shut_down (WtMeteredStream *self)
{
  if (self->socket != NULL)
    g_socket_shutdown (self->socket, TRUE, TRUE, NULL);
}
