/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wt-message.h"

G_BEGIN_DECLS

/* A moment in the tests: Monday 3 March 2025, 14:05:09 UTC. */
#define WT_CHAT_TEST_NOW (G_GINT64_CONSTANT (1741010709) * G_USEC_PER_SEC)
#define WT_CHAT_TEST_MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define WT_CHAT_TEST_DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

/**
 * WtChatTestMessage:
 * @author: (nullable): both id and name; %NULL: one's own
 * @segment: (nullable) (transfer full): contents
 *
 * A message for a test.
 */
typedef struct
{
  gint64 seq;
  const char *author;
  gint64 time;
  WtDelivery delivery;
  const char *failure;
  gboolean deleted;
  WtSegment *segment;
} WtChatTestMessage;

void wt_chat_test_init (int *argc, char ***argv);
WtSegment *wt_chat_test_parse_segment (const char *json);
WtMessageRecord *wt_chat_test_make_record (const WtChatTestMessage *message);
WtMessage *wt_chat_test_make_message (const WtChatTestMessage *message);
WtMessage *wt_chat_test_make_text (gint64 seq, const char *author, gint64 time, const char *text);
GtkWidget *wt_chat_test_show (GtkWidget *child);
void wt_chat_test_wait_painted (GtkWidget *widget);
gboolean wt_chat_test_has_keys (void);
void wt_chat_test_press (GtkWidget *window, const char *keys);
GtkWidget *wt_chat_test_find (GtkWidget *root, GType type, const char *css_class);
char *wt_chat_test_dup_label (GtkWidget *widget);

G_END_DECLS
