/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

#include "wt-delivery-words.h"
#include "wt-outbox.h"

static const struct
{
  WtDelivery delivery;
  const char *failure;
  const char *words;
  const char *icon;
} cases[] = {
  { WT_DELIVERY_RECEIVED, NULL, "", NULL },
  { WT_DELIVERY_QUEUED, NULL, "Waiting to be sent", "wt-delivery-queued-symbolic" },
  { WT_DELIVERY_SENT, NULL, "Sent, not confirmed yet", "wt-delivery-sent-symbolic" },
  { WT_DELIVERY_ACKED, NULL, "Received by the server", "wt-delivery-acked-symbolic" },
  { WT_DELIVERY_FAILED, NULL, "Not sent", "wt-delivery-failed-symbolic" },
  { WT_DELIVERY_FAILED, "", "Not sent", "wt-delivery-failed-symbolic" },
  { WT_DELIVERY_FAILED, WT_FAILURE_NO_ACK, "Not sent: the server did not confirm it",
    "wt-delivery-failed-symbolic" },
  { WT_DELIVERY_FAILED, "odd\n\u202e words", "Not sent: odd words", "wt-delivery-failed-symbolic" },
  { (WtDelivery) 99, NULL, "", NULL },
};

static void
test_words (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = wt_delivery_words (cases[i].delivery, cases[i].failure);

      g_assert_cmpstr (words, ==, cases[i].words);
      g_assert_cmpstr (wt_delivery_get_icon_name (cases[i].delivery), ==, cases[i].icon);
    }
}

/* No code of the model's reaches the user as it is. */
static void
test_every_failure (void)
{
  static const char *const failures[] = { WT_FAILURE_NO_ACK, WT_FAILURE_NO_TARGET,
                                          WT_FAILURE_TOO_LARGE, WT_FAILURE_UNREADABLE };

  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autofree char *words = wt_delivery_words (WT_DELIVERY_FAILED, failures[i]);

      g_assert_null (strstr (words, failures[i]));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/delivery-words/words", test_words);
  g_test_add_func ("/delivery-words/every-failure", test_every_failure);
  return g_test_run ();
}
