/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-transport.h"

G_BEGIN_DECLS

/* A transport that does what the test says, and remembers what it was told. */
#define FAKE_TYPE_TRANSPORT (fake_transport_get_type ())
G_DECLARE_FINAL_TYPE (FakeTransport, fake_transport, FAKE, TRANSPORT, GObject)

struct _FakeTransport
{
  GObject parent_instance;

  guint opened;  /* times */
  guint closed;  /* times */
  guint checked; /* times */
  guint sent;    /* frames */
  guint16 close_code;
  char *uuid;
  WtEndpoint *endpoint;
};

FakeTransport *fake_transport_new (void);
void fake_transport_accept (FakeTransport *self);
void fake_transport_fail (FakeTransport *self, WtDiagnosisKind kind, guint code);
void fake_transport_end (FakeTransport *self, guint16 code, const char *reason, gboolean clean);
void fake_transport_say (FakeTransport *self, const char *text);

G_END_DECLS
