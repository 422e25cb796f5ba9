/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>

#include "wt-frame-log.h"

G_BEGIN_DECLS

static inline WtFrame *
wt_frame_test_make (gboolean outgoing, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return wt_frame_new (bytes, outgoing, "desk", 1024, G_GINT64_CONSTANT (1700000000120456));
}

/* A message by a sender as a strict server wants it; @segment is JSON. */
static inline WtFrame *
wt_frame_test_make_message (gboolean outgoing, const char *msg_id, const char *segment)
{
  g_autofree char *text = g_strdup_printf (
      "{\"ver\":1,\"msg_id\":\"%s\",\"type\":\"sys_std\",\"meta\":{\"sender_user\":\"SECRET-1\"},"
      "\"payload\":{\"message_info\":{\"platform\":\"desk\",\"message_id\":\"i\",\"time\":1.5,"
      "\"sender_info\":{\"user_info\":{\"platform\":\"desk\",\"user_id\":\"u\",\"user_nickname\":"
      "\"n\"}}},\"message_segment\":%s,\"message_dim\":{\"api_key\":\"SECRET-2\",\"platform\":"
      "\"q\"}}}",
      msg_id, segment);

  return wt_frame_test_make (outgoing, text);
}

static inline WtFrame *
wt_frame_test_make_ack (gboolean outgoing, const char *msg_id)
{
  g_autofree char *text = g_strdup_printf (
      "{\"msg_id\":\"ack_%s\",\"type\":\"sys_ack\",\"meta\":{\"acked_msg_id\":\"%s\"},"
      "\"payload\":{\"status\":\"received\"}}",
      msg_id, msg_id);

  return wt_frame_test_make (outgoing, text);
}

/* Takes @frame, which the log keeps. */
static inline WtFrame *
wt_frame_test_add (WtFrameLog *self, WtFrame *frame)
{
  wt_frame_log_add (self, 1, "Work", frame);
  g_object_unref (frame);
  return frame;
}

G_END_DECLS
