/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-transport.h"

#include <string.h>

static void fake_transport_iface_init (WtTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeTransport,
                               fake_transport,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WT_TYPE_TRANSPORT, fake_transport_iface_init))

static void
fake_transport_open (WtTransport *transport, WtEndpoint *endpoint, const char *uuid)
{
  FakeTransport *self = FAKE_TRANSPORT (transport);

  self->opened++;
  g_clear_pointer (&self->uuid, g_free);
  self->uuid = g_strdup (uuid);
  g_clear_pointer (&self->endpoint, wt_endpoint_unref);
  self->endpoint = wt_endpoint_ref (endpoint);
}

static gboolean
fake_transport_send (WtTransport *transport, GBytes *text, GError **error)
{
  FAKE_TRANSPORT (transport)->sent++;
  return TRUE;
}

static void
fake_transport_close (WtTransport *transport, guint16 code, const char *reason)
{
  FakeTransport *self = FAKE_TRANSPORT (transport);

  self->closed++;
  self->close_code = code;
}

static void
fake_transport_check (WtTransport *transport)
{
  FAKE_TRANSPORT (transport)->checked++;
}

static void
fake_transport_iface_init (WtTransportInterface *iface)
{
  iface->open = fake_transport_open;
  iface->send = fake_transport_send;
  iface->close = fake_transport_close;
  iface->check = fake_transport_check;
}

static void
fake_transport_finalize (GObject *object)
{
  FakeTransport *self = FAKE_TRANSPORT (object);

  g_clear_pointer (&self->uuid, g_free);
  g_clear_pointer (&self->endpoint, wt_endpoint_unref);

  G_OBJECT_CLASS (fake_transport_parent_class)->finalize (object);
}

static void
fake_transport_class_init (FakeTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fake_transport_finalize;
}

static void
fake_transport_init (FakeTransport *self)
{
}

FakeTransport *
fake_transport_new (void)
{
  return g_object_new (FAKE_TYPE_TRANSPORT, NULL);
}

/* All steps of a good handshake. */
void
fake_transport_accept (FakeTransport *self)
{
  wt_transport_emit_step (WT_TRANSPORT (self), WT_CONNECTION_RESOLVING);
  wt_transport_emit_step (WT_TRANSPORT (self), WT_CONNECTION_CONNECTING);
  wt_transport_emit_step (WT_TRANSPORT (self), WT_CONNECTION_UPGRADING);
  wt_transport_emit_opened (WT_TRANSPORT (self));
}

void
fake_transport_fail (FakeTransport *self, WtDiagnosisKind kind, guint code)
{
  g_autoptr (WtDiagnosis) diagnosis = wt_diagnosis_new (kind, code, NULL);

  wt_transport_emit_closed (WT_TRANSPORT (self), diagnosis);
}

void
fake_transport_end (FakeTransport *self, guint16 code, const char *reason, gboolean clean)
{
  g_autoptr (WtDiagnosis) diagnosis = wt_diagnosis_new_for_close (code, reason, clean);

  wt_transport_emit_closed (WT_TRANSPORT (self), diagnosis);
}

void
fake_transport_say (FakeTransport *self, const char *text)
{
  g_autoptr (GBytes) frame = g_bytes_new (text, strlen (text));

  wt_transport_emit_alive (WT_TRANSPORT (self));
  wt_transport_emit_frame (WT_TRANSPORT (self), frame);
}
