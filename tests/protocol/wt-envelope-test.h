/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "wt-protocol-test.h"

G_BEGIN_DECLS

#define INFO "'message_info':{'platform':'p','message_id':'i','time':1.5}"
#define SEGMENT "'message_segment':{'type':'text','data':'hi'}"
#define DIM "'message_dim':{'api_key':'k','platform':'q'}"
#define PAYLOAD "'payload':{" INFO "," SEGMENT "," DIM "}"
#define STD "'ver':1,'msg_id':'m','type':'sys_std'"

static inline WtEnvelope *
wt_test_parse_envelope (const char *text)
{
  g_autoptr (GBytes) frame = wt_test_bytes (text);
  g_autoptr (GError) error = NULL;
  WtEnvelope *envelope = wt_envelope_parse (frame, &error);

  g_assert_no_error (error);
  g_assert_nonnull (envelope);
  g_assert_cmpuint (wt_envelope_get_size (envelope), ==, g_bytes_get_size (frame));

  return envelope;
}

G_END_DECLS
