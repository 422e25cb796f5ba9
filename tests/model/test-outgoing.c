/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-message-store.h"
#include "wt-outgoing.h"
#include "wt-test-folder.h"

/* Exactly what is written to the wire: a golden file for each segment type and dialect, in golden/. WT_UPDATE_GOLDEN writes them
 * anew. */

typedef struct
{
  char *folder;
  WtBlobs *blobs;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("wt-outgoing-XXXXXX", NULL);
  fixture->blobs = wt_blobs_new (fixture->folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->blobs);
  wt_test_remove_folder (fixture->folder);
  g_clear_pointer (&fixture->folder, g_free);
}

static WtSegment *
new_media (Fixture *fixture, WtSegmentKind kind, const char *contents, const char *name)
{
  g_autoptr (WtMedia) media = wt_media_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static (contents, strlen (contents));

  media->blob = wt_blobs_add_bytes (fixture->blobs, bytes, NULL);
  media->name = g_strdup (name);
  media->mime_type = g_strdup (kind == WT_SEGMENT_FILE ? "text/plain" : "image/png");
  media->size = (gint64) strlen (contents);
  media->width = 640;
  media->height = 480;
  return wt_segment_new_media (kind, media);
}

static WtSegment *
new_url (WtSegmentKind kind)
{
  g_autoptr (WtMedia) media = wt_media_new ();

  media->url = g_strdup ("https://example.org/a.png");
  return wt_segment_new_media (kind, media);
}

/* Takes the children. */
static WtSegment *
new_list (WtSegment **children, gsize n_children)
{
  WtSegment *list = wt_segment_new_list (children, n_children);

  for (gsize i = 0; i < n_children; i++)
    wt_segment_unref (children[i]);
  return list;
}

static WtSegment *
new_mixed (Fixture *fixture)
{
  WtSegment *children[] = {
    wt_segment_new_reply ("m-1"),   wt_segment_new_mention ("12345", "Anna", NULL),
    wt_segment_new_text (" look "), new_media (fixture, WT_SEGMENT_IMAGE, "picture", NULL),
    wt_segment_new_face ("14"),     new_media (fixture, WT_SEGMENT_FILE, "hello", "notes.txt"),
  };

  return new_list (children, G_N_ELEMENTS (children));
}

static WtSegment *
new_album (Fixture *fixture)
{
  WtSegment *children[] = {
    new_media (fixture, WT_SEGMENT_IMAGE, "one", NULL),
    new_media (fixture, WT_SEGMENT_IMAGE, "two", NULL),
    wt_segment_new_text ("caption"),
  };

  return new_list (children, G_N_ELEMENTS (children));
}

static WtSegment *
make_segment (Fixture *fixture, const char *name)
{
  if (g_str_equal (name, "text"))
    return wt_segment_new_text ("Zwei\nZeilen: \"\\\" 你好 🌾");
  if (g_str_equal (name, "image"))
    return new_media (fixture, WT_SEGMENT_IMAGE, "picture", "a.png");
  if (g_str_equal (name, "image-url"))
    return new_url (WT_SEGMENT_IMAGE);
  if (g_str_equal (name, "emoji"))
    return new_media (fixture, WT_SEGMENT_EMOJI, "sticker", NULL);
  if (g_str_equal (name, "voice"))
    return new_media (fixture, WT_SEGMENT_VOICE, "RIFF", NULL);
  if (g_str_equal (name, "file"))
    return new_media (fixture, WT_SEGMENT_FILE, "hello", "notes.txt");
  if (g_str_equal (name, "at"))
    return wt_segment_new_mention ("12345", NULL, NULL);
  if (g_str_equal (name, "at-names"))
    return wt_segment_new_mention ("12345", "Anna", "A.");
  if (g_str_equal (name, "face"))
    return wt_segment_new_face ("14");
  if (g_str_equal (name, "reply"))
    return wt_segment_new_reply ("m-1");
  if (g_str_equal (name, "seglist-mixed"))
    return new_mixed (fixture);
  return new_album (fixture);
}

static WtOutgoing *
make_outgoing (WtSegment *segment, WtDialect dialect)
{
  g_autoptr (WtMessageRecord) message = wt_message_record_new ();
  WtOutgoing *outgoing = NULL;

  message->id = 1;
  message->msg_id = g_strdup ("11111111-2222-4333-8444-555555555555");
  message->message_id = g_strdup ("m-2");
  message->author_platform = g_strdup ("desk");
  message->author_id = g_strdup ("me");
  message->author_nickname = g_strdup ("Me");
  message->peer_time = 1700000000250000;
  message->segments = wt_segment_to_storage (segment);
  outgoing = wt_outgoing_new (message);
  outgoing->kind = WT_CONVERSATION_GROUP;
  outgoing->peer_id = g_strdup ("42");
  outgoing->peer_platform = g_strdup ("desk");
  outgoing->title = g_strdup ("Field");
  outgoing->platform = g_strdup ("desk");
  outgoing->api_key = g_strdup ("my-key");
  outgoing->target_key = g_strdup ("their-key");
  outgoing->target_platform = g_strdup ("desk");
  outgoing->dialect = dialect;
  return outgoing;
}

static void
check_dialect (Fixture *fixture, const char *name, WtDialect dialect)
{
  g_autoptr (WtSegment) segment = make_segment (fixture, name);
  g_autoptr (WtOutgoing) outgoing = make_outgoing (segment, dialect);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) frame = wt_outgoing_make_frame (outgoing, fixture->blobs, &error);
  g_autofree char *file = g_strdup_printf ("%s.%s", name, wt_dialect_to_string (dialect));
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "model", "golden", file, NULL);
  g_autofree char *expected = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = g_strdup_printf ("%.*s\n", (int) g_bytes_get_size (frame),
                          (const char *) g_bytes_get_data (frame, NULL));
  if (g_getenv ("WT_UPDATE_GOLDEN") != NULL)
    g_file_set_contents (path, text, -1, &error);
  else
    g_file_get_contents (path, &expected, NULL, &error);
  g_assert_no_error (error);
  if (expected != NULL)
    g_assert_cmpstr (text, ==, expected);
}

static void
test_golden (Fixture *fixture, gconstpointer data)
{
  check_dialect (fixture, data, WT_DIALECT_GUIDE);
  check_dialect (fixture, data, WT_DIALECT_MAIBOT);
}

static WtSegment *
send_and_read (Fixture *fixture, WtSegment *segment, WtDialect dialect)
{
  g_autoptr (WtOutgoing) outgoing = make_outgoing (segment, dialect);
  g_autoptr (GBytes) frame = wt_outgoing_make_frame (outgoing, fixture->blobs, NULL);
  g_autoptr (WtEnvelope) envelope = wt_envelope_parse (frame, NULL);

  return wt_segment_ref (wt_envelope_get_payload (envelope)->segment);
}

/* Several parts are one list, of one level; what is alone is no list: as MaiBot wants it. */
static void
test_list (Fixture *fixture, gconstpointer data)
{
  for (int dialect = WT_DIALECT_GUIDE; dialect <= WT_DIALECT_MAIBOT; dialect++)
    {
      g_autoptr (WtSegment) mixed = new_mixed (fixture);
      g_autoptr (WtSegment) single = wt_segment_new_text ("alone");
      g_autoptr (WtSegment) read = send_and_read (fixture, mixed, (WtDialect) dialect);
      g_autoptr (WtSegment) alone = send_and_read (fixture, single, (WtDialect) dialect);

      g_assert_cmpint (wt_segment_get_kind (read), ==, WT_SEGMENT_SEGLIST);
      g_assert_cmpuint (wt_segment_get_n_children (read), ==, 6);
      for (guint i = 0; i < wt_segment_get_n_children (read); i++)
        g_assert_cmpint (wt_segment_get_kind (wt_segment_get_child (read, i)), !=,
                         WT_SEGMENT_SEGLIST);
      g_assert_cmpint (wt_segment_get_kind (wt_segment_get_child (read, 0)), ==, WT_SEGMENT_REPLY);
      g_assert_cmpint (wt_segment_get_kind (alone), ==, WT_SEGMENT_TEXT);
    }
}

/* What is read from what was written is what it was. */
static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  for (int dialect = WT_DIALECT_GUIDE; dialect <= WT_DIALECT_MAIBOT; dialect++)
    {
      g_autoptr (WtSegment) file = new_media (fixture, WT_SEGMENT_FILE, "hello", "notes.txt");
      g_autoptr (WtSegment) read = send_and_read (fixture, file, (WtDialect) dialect);
      const WtMedia *media = wt_segment_get_media (read);

      g_assert_cmpint (wt_segment_get_kind (read), ==, WT_SEGMENT_FILE);
      g_assert_cmpstr (media->name, ==, "notes.txt");
      g_assert_cmpmem (g_bytes_get_data (media->base64, NULL), g_bytes_get_size (media->base64),
                       "aGVsbG8=", 8);
      /* Only what is on the wire. */
      g_assert_cmpint (media->width, ==, 0);
    }
}

int
main (int argc, char **argv)
{
  static const char *const names[] = {
    "text", "image",    "image-url", "emoji", "voice",         "file",
    "at",   "at-names", "face",      "reply", "seglist-mixed", "seglist-album",
  };

  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strconcat ("/outgoing/golden/", names[i], NULL);

      g_test_add (path, Fixture, names[i], set_up, test_golden, tear_down);
    }
  g_test_add ("/outgoing/list", Fixture, NULL, set_up, test_list, tear_down);
  g_test_add ("/outgoing/round-trip", Fixture, NULL, set_up, test_round_trip, tear_down);

  return g_test_run ();
}
