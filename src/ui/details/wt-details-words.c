/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-details-words.h"

#include "wt-date-words.h"
#include "wt-display-text.h"
#include "wt-file-kind.h"

#include <glib/gi18n-lib.h>

#define MOST_NAME 80
#define MOST_ID 60

/**
 * wt_details_words_member:
 * @member: somebody
 *
 * Returns: (transfer full): what is known besides the name: nickname where the card name goes before it, id, when they wrote
 *   last
 */
char *
wt_details_words_member (WtMember *member)
{
  g_return_val_if_fail (WT_IS_MEMBER (member), NULL);

  const char *name = wt_member_get_name (member);
  const char *nickname = wt_member_get_nickname (member);
  const char *user_id = wt_member_get_user_id (member);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (nickname != NULL && *nickname != '\0' && g_strcmp0 (nickname, name) != 0)
    g_ptr_array_add (parts, wt_display_text_line (nickname, MOST_ID));
  if (user_id != NULL && g_strcmp0 (user_id, name) != 0)
    g_ptr_array_add (parts, wt_display_text_line (user_id, MOST_ID));
  if (wt_member_get_last_seen (member) > 0)
    g_ptr_array_add (parts, wt_date_words_short (wt_member_get_last_seen (member)));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

/**
 * wt_details_words_shared_name:
 * @shared: a picture, file or recording
 *
 * Returns: (transfer full): what to call it; never empty
 */
char *
wt_details_words_shared_name (WtShared *shared)
{
  g_return_val_if_fail (WT_IS_SHARED (shared), NULL);

  const WtMedia *media = wt_shared_get_media (shared);
  const char *kind = wt_shared_get_record (shared)->attachment->kind;

  if (media->name != NULL && *media->name != '\0')
    {
      g_autofree char *safe = wt_file_kind_make_name (media->name, media->mime_type);

      return wt_display_text_line (safe, MOST_NAME);
    }
  if (g_strcmp0 (kind, "image") == 0)
    return g_strdup (_ ("Picture"));
  if (g_strcmp0 (kind, "voice") == 0)
    return g_strdup (_ ("Recording"));
  return g_strdup (_ ("File"));
}

/**
 * wt_details_words_shared:
 * @shared: a picture, file or recording
 *
 * Returns: (transfer full): its size, who sent it, and when
 */
char *
wt_details_words_shared (WtShared *shared)
{
  g_return_val_if_fail (WT_IS_SHARED (shared), NULL);

  const WtSharedRecord *record = wt_shared_get_record (shared);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (record->attachment->size > 0)
    g_ptr_array_add (parts, g_format_size ((guint64) record->attachment->size));
  if (record->direction == WT_DIRECTION_OUT)
    g_ptr_array_add (parts, g_strdup (_ ("You")));
  else if (record->author != NULL)
    g_ptr_array_add (parts, wt_display_text_line (record->author, MOST_NAME));
  g_ptr_array_add (parts, wt_date_words_short (record->time));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

/**
 * wt_details_words_shared_spoken:
 * @shared: a picture, file or recording
 *
 * Returns: (transfer full): as it is read out: what it is, who sent it, and when
 */
char *
wt_details_words_shared_spoken (WtShared *shared)
{
  g_return_val_if_fail (WT_IS_SHARED (shared), NULL);

  const WtSharedRecord *record = wt_shared_get_record (shared);
  g_autofree char *name = wt_details_words_shared_name (shared);
  g_autofree char *author = record->author != NULL
                                ? wt_display_text_line (record->author, MOST_NAME)
                                : NULL;
  g_autofree char *time = wt_date_words_short (record->time);

  if (record->direction == WT_DIRECTION_OUT || author == NULL)
    /* TRANSLATORS: a picture, file or recording of one's own, and when it was sent; e.g. “Picture from you, 12 May” */
    return g_strdup_printf (_ ("%s from you, %s"), name, time);
  /* TRANSLATORS: a picture, file or recording, its author, and when; e.g. “Picture from Anna, 12 May” */
  return g_strdup_printf (_ ("%s from %s, %s"), name, author, time);
}

/**
 * wt_details_words_dialect:
 * @dialect: how segments are written
 *
 * Returns: (transfer none): what the user knows it by
 */
const char *
wt_details_words_dialect (WtDialect dialect)
{
  return dialect == WT_DIALECT_MAIBOT ? _ ("MaiBot") : _ ("As the protocol’s guide says");
}
