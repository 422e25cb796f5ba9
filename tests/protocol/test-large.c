/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Frames near the protocol's cap, and the most expensive ones that fit in the bounds. */

#include "wt-envelope.h"

#include "wt-protocol-test.h"

#include <sys/resource.h>

#define MIB (1024 * 1024)

/* Generous: a loaded machine must pass, also under a sanitizer, an algorithm gone quadratic must not. */
#if defined(__SANITIZE_ADDRESS__)
#define MAX_SECONDS 60
#else
#define MAX_SECONDS 20
#endif

static GBytes *
make_picture_frame (gsize length)
{
  g_autofree char *body = wt_test_make_base64 (length);
  char *frame = g_strconcat (
      "{\"ver\":1,\"msg_id\":\"m\",\"type\":\"sys_std\",\"payload\":{"
      "\"message_info\":{\"platform\":\"p\",\"message_id\":\"i\",\"time\":1},"
      "\"message_segment\":{\"type\":\"image\",\"data\":\"",
      body, "\"},\"message_dim\":{\"api_key\":\"k\",\"platform\":\"q\"}}}", NULL);

  return g_bytes_new_take (frame, strlen (frame));
}

static void
test_picture (gconstpointer data)
{
  gsize length = GPOINTER_TO_SIZE (data) * MIB;
  g_autoptr (GBytes) frame = make_picture_frame (length);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTimer) timer = g_timer_new ();
  g_autoptr (WtEnvelope) envelope = wt_envelope_parse (frame, &error);
  double parsed = g_timer_elapsed (timer, NULL);
  g_autoptr (GBytes) output = NULL;
  g_autofree char *storage = NULL;
  g_autofree char *shown = NULL;
  const WtMedia *media;

  g_assert_no_error (error);
  g_assert_no_error (wt_envelope_get_error (envelope));
  media = wt_segment_get_media (wt_envelope_get_payload (envelope)->segment);
  g_assert_cmpuint (g_bytes_get_size (media->base64), ==, length);

  output = wt_envelope_to_bytes (envelope, WT_DIALECT_GUIDE);
  g_assert_cmpuint (g_bytes_get_size (output), >, length);
  storage = wt_segment_to_storage (wt_envelope_get_payload (envelope)->segment);
  g_assert_cmpuint (strlen (storage), <, 1000);
  shown = wt_envelope_redact (frame, TRUE);
  g_assert_cmpuint (strlen (shown), <, 2000);

  g_test_minimized_result (parsed, "%" G_GSIZE_FORMAT " MiB parsed in %.0f ms", length / MIB,
                           parsed * 1000);
  g_assert_cmpfloat (parsed, <, MAX_SECONDS);
}

/* The bytes of a picture are not copied, whatever happens to the envelope. */
static void
test_picture_is_not_copied (void)
{
  g_autoptr (GBytes) frame = make_picture_frame (MIB);
  g_autoptr (WtEnvelope) envelope = wt_envelope_parse (frame, NULL);
  const WtMedia *media = wt_segment_get_media (wt_envelope_get_payload (envelope)->segment);
  gsize length;
  const char *begin = g_bytes_get_data (frame, &length);
  const char *base64 = g_bytes_get_data (media->base64, NULL);

  g_assert_true (base64 > begin && base64 < begin + length);
}

typedef struct
{
  const char *name;
  const char *head;
  const char *unit;
  gsize n;
  const char *tail;
} Costly;

static const Costly costly[] = {
  { "text", "{\"msg_id\":\"m\",\"type\":\"t\",\"payload\":\"", "\\u9ea6", 3 * MIB, "\"}" },
  { "no-utf-8", "{\"msg_id\":\"m\",\"type\":\"t\",\"payload\":\"", "\377", 20 * MIB, "\"}" },
  { "slashes", "{\"msg_id\":\"m\",\"type\":\"t\",\"payload\":\"", "\\/", 20 * MIB, "\"}" },
  { "lines", "{\"msg_id\":\"m\",\"type\":\"t\",\"payload\":\"", "QUJD\\n", 3 * MIB, "\"}" },
  { "surrogates", "{\"msg_id\":\"m\",\"type\":\"t\",\"payload\":\"", "\\ud83d", 3 * MIB, "\"}" },
  { "white-space", "{\"msg_id\":\"m\",\"type\":\"t\",\"payload\":1", " ", 90 * MIB, "}" },
  { "open-string", "{\"msg_id\":\"m\",\"type\":\"t\",\"payload\":\"", "AAAA", 20 * MIB, "" },
  { "open-escapes", "\"", "\\\"", 20 * MIB, "" },
  { "values", "{\"msg_id\":\"m\",\"type\":\"t\",\"payload\":[1", ",{}", 50 * MIB / 3, "]}" },
  { "numbers", "{\"msg_id\":\"m\",\"type\":\"t\",\"payload\":[1", ",1e308", 100000, "]}" },
  { "parts",
    "{\"msg_id\":\"m\",\"type\":\"sys_std\",\"payload\":{\"message_info\":{\"platform\":\"p\","
    "\"message_id\":\"i\",\"time\":1},\"message_dim\":{\"api_key\":\"k\",\"platform\":\"q\"},"
    "\"message_segment\":{\"type\":\"seglist\",\"data\":[null",
    ",{\"type\":\"at\",\"data\":\"{}\"}", 40000, "]}}}" },
};

static void
test_costly (gconstpointer data)
{
  const Costly *test = data;
  g_autoptr (GString) text = g_string_new (test->head);
  g_autoptr (GBytes) frame = NULL;
  g_autoptr (GTimer) timer = NULL;
  g_autoptr (WtEnvelope) envelope = NULL;
  gsize unit = strlen (test->unit);
  gsize at = text->len;

  g_string_set_size (text, at + unit * test->n);
  if (unit == 1)
    memset (text->str + at, *test->unit, test->n);
  for (gsize i = 0; unit > 1 && i < test->n; i++)
    memcpy (text->str + at + i * unit, test->unit, unit);
  g_string_append (text, test->tail);
  frame = g_string_free_to_bytes (g_steal_pointer (&text));

  timer = g_timer_new ();
  envelope = wt_envelope_parse (frame, NULL);
  g_test_minimized_result (g_timer_elapsed (timer, NULL), "%s: %.0f ms", test->name,
                           g_timer_elapsed (timer, NULL) * 1000);
  g_assert_cmpfloat (g_timer_elapsed (timer, NULL), <, MAX_SECONDS);
}

/* GLib's string hash can be made to collide: "Aa" and "B@" have the same. */
static void
test_collisions (void)
{
  g_autoptr (GString) text = g_string_new ("{\"msg_id\":\"m\",\"type\":\"t\",\"payload\":[");
  g_autoptr (GBytes) frame = NULL;
  g_autoptr (GTimer) timer = NULL;
  g_autoptr (WtEnvelope) envelope = NULL;
  g_autoptr (GError) error = NULL;

  for (guint object = 0; object < 250; object++)
    {
      g_string_append (text, object > 0 ? ",{" : "{");
      for (guint name = 0; name < WT_PROTOCOL_MAX_MEMBERS; name++)
        {
          g_string_append (text, name > 0 ? ",\"" : "\"");
          for (guint bit = 0; bit < 9; bit++)
            g_string_append (text, (name >> bit) & 1 ? "B@" : "Aa");
          g_string_append (text, "\":1");
        }
      g_string_append (text, "}");
    }
  g_string_append (text, "]}");
  frame = g_string_free_to_bytes (g_steal_pointer (&text));

  timer = g_timer_new ();
  envelope = wt_envelope_parse (frame, &error);
  g_assert_no_error (error);
  g_test_minimized_result (g_timer_elapsed (timer, NULL), "collisions: %.0f ms",
                           g_timer_elapsed (timer, NULL) * 1000);
  g_assert_cmpfloat (g_timer_elapsed (timer, NULL), <, MAX_SECONDS);
}

/* However hostile the frames above, they cost a small multiple of the protocol's cap. */
static void
test_memory (void)
{
#if defined(__SANITIZE_ADDRESS__)
  g_test_skip ("an address sanitizer needs its own memory");
#else
  struct rusage usage;

  g_assert_cmpint (getrusage (RUSAGE_SELF, &usage), ==, 0);
  g_test_message ("peak: %ld MiB", usage.ru_maxrss / 1024);
  g_assert_cmpint (usage.ru_maxrss / 1024, <, 10 * 100);
#endif
}

static void
test_too_slow (void)
{
  g_test_skip ("frames of 100 MiB take hours under valgrind");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  if (g_getenv ("WHEATEAR_TEST_VALGRIND") != NULL)
    {
      g_test_add_func ("/large/valgrind", test_too_slow);
      return g_test_run ();
    }

  g_test_add_data_func ("/large/a/picture-20", GSIZE_TO_POINTER (20), test_picture);
  g_test_add_data_func ("/large/a/picture-93", GSIZE_TO_POINTER (93), test_picture);
  g_test_add_func ("/large/a/not-copied", test_picture_is_not_copied);
  for (guint i = 0; i < G_N_ELEMENTS (costly); i++)
    {
      g_autofree char *path = g_strconcat ("/large/b/", costly[i].name, NULL);

      g_test_add_data_func (path, &costly[i], test_costly);
    }
  g_test_add_func ("/large/b/collisions", test_collisions);
  g_test_add_func ("/large/c/memory", test_memory);

  return g_test_run ();
}
