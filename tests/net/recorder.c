/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recorder.h"

static void
on_step (WtTransport *transport, WtConnectionState step, Recorder *self)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (WT_TYPE_CONNECTION_STATE);

  g_string_append_printf (self->steps, "%s ", g_enum_get_value (klass, step)->value_nick);
}

static void
on_opened (WtTransport *transport, Recorder *self)
{
  self->opened++;
  g_string_append (self->steps, "opened ");
}

static void
on_frame (WtTransport *transport, GBytes *frame, Recorder *self)
{
  g_ptr_array_add (self->frames, g_bytes_ref (frame));
}

static void
on_ignored (WtTransport *transport, Recorder *self)
{
  self->ignored++;
}

static void
on_alive (WtTransport *transport, Recorder *self)
{
  self->alive++;
}

static void
on_closed (WtTransport *transport, WtDiagnosis *diagnosis, Recorder *self)
{
  self->closed++;
  g_clear_pointer (&self->diagnosis, wt_diagnosis_unref);
  self->diagnosis = wt_diagnosis_ref (diagnosis);
  g_string_append (self->steps, "closed ");
}

/* Takes the transport over. */
Recorder *
recorder_new (WtTransport *transport)
{
  Recorder *self = g_new0 (Recorder, 1);

  self->transport = transport;
  self->steps = g_string_new (NULL);
  self->frames = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_signal_connect (transport, "step", G_CALLBACK (on_step), self);
  g_signal_connect (transport, "opened", G_CALLBACK (on_opened), self);
  g_signal_connect (transport, "frame", G_CALLBACK (on_frame), self);
  g_signal_connect (transport, "ignored", G_CALLBACK (on_ignored), self);
  g_signal_connect (transport, "alive", G_CALLBACK (on_alive), self);
  g_signal_connect (transport, "closed", G_CALLBACK (on_closed), self);
  return self;
}

/* Asserts that nobody else holds the transport. */
void
recorder_free (Recorder *self)
{
  if (self->transport != NULL)
    g_assert_finalize_object (self->transport);
  recorder_drain ();
  g_clear_pointer (&self->diagnosis, wt_diagnosis_unref);
  g_string_free (self->steps, TRUE);
  g_ptr_array_unref (self->frames);
  g_free (self);
}

WtDiagnosisKind
recorder_get_kind (Recorder *self)
{
  g_assert_nonnull (self->diagnosis);
  return wt_diagnosis_get_kind (self->diagnosis);
}

/* Lets what is ready happen, so that nothing of one test reaches into the next. */
void
recorder_drain (void)
{
  while (g_main_context_iteration (g_main_context_get_thread_default (), FALSE))
    ;
}
