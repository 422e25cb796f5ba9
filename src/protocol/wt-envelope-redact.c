/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "wt-envelope.h"

#include <glib/gi18n-lib.h>

#include "wt-json-write.h"
#include "wt-redact.h"

/* Of one string, in what people look at. */
#define MAX_SHOWN_BYTES 1024

/**
 * wt_envelope_redact_beyond:
 * @frame: any bytes, sent or received
 * @longest: strings of more bytes are replaced by their size; %G_MAXSIZE: none is for its length
 * @pretty: whether to indent
 *
 * As wt_envelope_redact(), for who wants long texts whole. Base64 is replaced all the same.
 *
 * Returns: (transfer full): JSON text, or a translated line that says what is wrong
 */
char *
wt_envelope_redact_beyond (GBytes *frame, gsize longest, gboolean pretty)
{
  g_autoptr (WtJson) document = NULL;
  g_autoptr (WtJsonValue) tree = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (frame != NULL, NULL);

  document = wt_json_parse (frame, &error);
  if (document == NULL || !wt_json_value_is (wt_json_get_root (document), WT_JSON_KIND_OBJECT))
    return g_strdup_printf (_ ("<%lu bytes that are no message: %s>"),
                            (gulong) g_bytes_get_size (frame),
                            error != NULL ? error->message : _ ("not a JSON object"));

  tree = wt_redact_tree (document, wt_json_get_root (document), longest, WT_REDACT_SENDERS);

  return wt_json_write_text (NULL, tree, pretty ? WT_JSON_PRETTY : WT_JSON_COMPACT);
}

/**
 * wt_envelope_redact:
 * @frame: any bytes, sent or received
 * @pretty: whether to indent
 *
 * A frame for the inspector, a log or an export: the values of members whose names say key, and of
 * `sender_user` and `target_user` (which may be keys, but for `server`), are replaced by "•••", base64
 * and strings of more than 1024 bytes by their size. Bytes that are no JSON object are not shown at
 * all, since nobody knows what is a key in them.
 *
 * Takes as long as wt_json_parse(): not for the main thread when the frame is large.
 *
 * Returns: (transfer full): JSON text, or a translated line that says what is wrong
 */
char *
wt_envelope_redact (GBytes *frame, gboolean pretty)
{
  return wt_envelope_redact_beyond (frame, MAX_SHOWN_BYTES, pretty);
}
