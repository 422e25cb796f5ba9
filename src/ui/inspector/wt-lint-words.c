/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "wt-frame-words.h"

/* Warnings in words: what is wrong, and what can be done about it. */

static const char *
get_kind_words (const char *kind)
{
  return kind != NULL && *kind != '\0' ? kind : _ ("unnamed");
}

/* With one place for the detail, or with none. */
static const char *
get_format (WtLintRule rule)
{
  switch (rule)
    {
    case WT_LINT_NOT_MESSAGE:
      return _ ("This is not a message: %s");
    case WT_LINT_NO_ENVELOPE:
      return _ ("The envelope is not whole: %s");
    case WT_LINT_REFUSED:
      return _ ("The message cannot be used: %s");
    case WT_LINT_PLATFORM:
      return _ ("The message’s platform is not the account’s: %s");
    case WT_LINT_SENDER_FIELD:
      return _ ("The sender lacks “%s”");
    case WT_LINT_ROUTING_CONFIG:
      return _ ("Only the bot itself may set “%s”");
    case WT_LINT_SEGMENT_KIND:
      return _ ("MaiBot rejects “%s”");
    case WT_LINT_SEGMENT_DATA:
      return _ ("MaiBot rejects “%s” with such contents");
    case WT_LINT_NOT_BASE64:
      return _ ("MaiBot rejects “%s” that is not bare base64");
    case WT_LINT_TOO_LARGE:
    case WT_LINT_NO_TIME:
    case WT_LINT_NO_MESSAGE_ID:
    case WT_LINT_NO_SENDER:
    case WT_LINT_NO_GROUP_NAME:
    case WT_LINT_NO_ROUTE:
    case WT_LINT_FILE:
    case WT_LINT_REPLY_PLACE:
    case WT_LINT_NESTED_LIST:
    default:
      return NULL;
    }
}

static const char *
get_sentence (WtLintRule rule)
{
  switch (rule)
    {
    case WT_LINT_TOO_LARGE:
      return _ ("Larger than the protocol allows");
    case WT_LINT_NO_TIME:
      return _ ("The message has no time");
    case WT_LINT_NO_MESSAGE_ID:
      return _ ("The message has no id");
    case WT_LINT_NO_SENDER:
      return _ ("The message does not say who sends it");
    case WT_LINT_NO_GROUP_NAME:
      return _ ("The group has no name");
    case WT_LINT_NO_ROUTE:
      return _ ("The message does not say whom it is for");
    case WT_LINT_FILE:
      return _ ("MaiBot rejects files that are not an object with a name");
    case WT_LINT_REPLY_PLACE:
      return _ ("MaiBot rejects a reply that is not the first part");
    case WT_LINT_NESTED_LIST:
      return _ ("MaiBot rejects a list within a list");
    case WT_LINT_NOT_MESSAGE:
    case WT_LINT_NO_ENVELOPE:
    case WT_LINT_REFUSED:
    case WT_LINT_PLATFORM:
    case WT_LINT_SENDER_FIELD:
    case WT_LINT_ROUTING_CONFIG:
    case WT_LINT_SEGMENT_KIND:
    case WT_LINT_SEGMENT_DATA:
    case WT_LINT_NOT_BASE64:
    default:
      return "";
    }
}

/**
 * wt_frame_words_lint:
 * @lint: a warning
 *
 * Returns: (transfer full): what is wrong
 */
char *
wt_frame_words_lint (const WtLint *lint)
{
  const char *format = get_format (lint->rule);
  g_autoptr (GString) words = NULL;

  if (format == NULL)
    return g_strdup (get_sentence (lint->rule));

  words = g_string_new (format);
  g_string_replace (words, "%s", get_kind_words (lint->detail), 1);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/**
 * wt_frame_words_remedy:
 * @rule: what is wrong
 *
 * Returns: (transfer none): what comes of it, and what can be done
 */
const char *
wt_frame_words_remedy (WtLintRule rule)
{
  switch (rule)
    {
    case WT_LINT_NOT_MESSAGE:
    case WT_LINT_NO_ENVELOPE:
      return _ ("Such a frame is ignored, and not acknowledged.");
    case WT_LINT_REFUSED:
      return _ ("It was acknowledged, but it is not shown: tell whoever sent it.");
    case WT_LINT_TOO_LARGE:
      return _ ("The server closes the connection: send less at once.");
    case WT_LINT_PLATFORM:
      return _ ("MaiBot drops the whole message, though it acknowledges it: check the platform in "
                "the account’s settings.");
    case WT_LINT_NO_GROUP_NAME:
      return _ (
          "MaiBot drops the whole message, though it acknowledges it: give the group a name.");
    case WT_LINT_FILE:
    case WT_LINT_NOT_BASE64:
    case WT_LINT_SEGMENT_KIND:
    case WT_LINT_NESTED_LIST:
      return _ ("MaiBot drops the whole message, though it acknowledges it. If the server is "
                "MaiBot, choose that in the account’s settings.");
    case WT_LINT_NO_TIME:
    case WT_LINT_NO_MESSAGE_ID:
    case WT_LINT_NO_SENDER:
    case WT_LINT_SENDER_FIELD:
    case WT_LINT_NO_ROUTE:
    case WT_LINT_ROUTING_CONFIG:
    case WT_LINT_SEGMENT_DATA:
    case WT_LINT_REPLY_PLACE:
    default:
      return _ ("MaiBot drops the whole message, though it acknowledges it.");
    }
}
