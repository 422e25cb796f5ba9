/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-records.h"

#include <string.h>

/**
 * wt_account_record_new:
 *
 * Returns: (transfer full): an account with id 0, strings %NULL and numbers 0
 */
WtAccountRecord *
wt_account_record_new (void)
{
  return g_new0 (WtAccountRecord, 1);
}

/**
 * wt_account_record_copy:
 * @self: an account
 *
 * Returns: (transfer full): a copy with strings of its own
 */
WtAccountRecord *
wt_account_record_copy (const WtAccountRecord *self)
{
  WtAccountRecord *copy = g_memdup2 (self, sizeof *self);

  copy->uuid = g_strdup (self->uuid);
  copy->label = g_strdup (self->label);
  copy->url = g_strdup (self->url);
  copy->platform = g_strdup (self->platform);
  copy->user_id = g_strdup (self->user_id);
  copy->nickname = g_strdup (self->nickname);
  copy->cardname = g_strdup (self->cardname);
  copy->target_platform = g_strdup (self->target_platform);
  copy->ca_file = g_strdup (self->ca_file);
  copy->certificate_file = g_strdup (self->certificate_file);
  copy->key_file = g_strdup (self->key_file);
  copy->trusted_fingerprint = g_strdup (self->trusted_fingerprint);

  return copy;
}

/**
 * wt_account_record_free:
 * @self: (nullable) (transfer full): an account
 */
void
wt_account_record_free (WtAccountRecord *self)
{
  if (self == NULL)
    return;

  g_free (self->uuid);
  g_free (self->label);
  g_free (self->url);
  g_free (self->platform);
  g_free (self->user_id);
  g_free (self->nickname);
  g_free (self->cardname);
  g_free (self->target_platform);
  g_free (self->ca_file);
  g_free (self->certificate_file);
  g_free (self->key_file);
  g_free (self->trusted_fingerprint);
  g_free (self);
}

/**
 * wt_account_record_dup_key_secret:
 * @self: an account with a uuid
 *
 * Returns: (transfer full): the name in #WtSecrets of the account's own API key
 */
char *
wt_account_record_dup_key_secret (const WtAccountRecord *self)
{
  return g_strconcat ("account/", self->uuid, "/key", NULL);
}

/**
 * wt_account_record_dup_target_secret:
 * @self: an account with a uuid
 *
 * Returns: (transfer full): the name in #WtSecrets of the key of the account's default target
 */
char *
wt_account_record_dup_target_secret (const WtAccountRecord *self)
{
  return g_strconcat ("account/", self->uuid, "/target", NULL);
}

/**
 * wt_conversation_record_new:
 *
 * Returns: (transfer full): an empty conversation with id 0
 */
WtConversationRecord *
wt_conversation_record_new (void)
{
  WtConversationRecord *self = g_new0 (WtConversationRecord, 1);

  self->dialect = WT_DIALECT_OF_ACCOUNT;
  return self;
}

/**
 * wt_conversation_record_copy:
 * @self: a conversation
 *
 * Returns: (transfer full): a copy with strings of its own
 */
WtConversationRecord *
wt_conversation_record_copy (const WtConversationRecord *self)
{
  WtConversationRecord *copy = g_memdup2 (self, sizeof *self);

  copy->platform = g_strdup (self->platform);
  copy->peer_id = g_strdup (self->peer_id);
  copy->title = g_strdup (self->title);
  copy->name = g_strdup (self->name);
  copy->target_platform = g_strdup (self->target_platform);
  copy->target_secret = g_strdup (self->target_secret);
  copy->draft = g_strdup (self->draft);
  copy->last_text = g_strdup (self->last_text);
  copy->last_author = g_strdup (self->last_author);

  return copy;
}

/**
 * wt_conversation_record_free:
 * @self: (nullable) (transfer full): a conversation
 */
void
wt_conversation_record_free (WtConversationRecord *self)
{
  if (self == NULL)
    return;

  g_free (self->platform);
  g_free (self->peer_id);
  g_free (self->title);
  g_free (self->name);
  g_free (self->target_platform);
  g_free (self->target_secret);
  g_free (self->draft);
  g_free (self->last_text);
  g_free (self->last_author);
  g_free (self);
}

/**
 * wt_message_record_new:
 *
 * Returns: (transfer full): an empty incoming message with id 0 and no round trip (-1)
 */
WtMessageRecord *
wt_message_record_new (void)
{
  WtMessageRecord *self = g_new0 (WtMessageRecord, 1);

  self->rtt = -1;

  return self;
}

/**
 * wt_message_record_copy:
 * @self: a message
 *
 * Returns: (transfer full): a copy with strings of its own
 */
WtMessageRecord *
wt_message_record_copy (const WtMessageRecord *self)
{
  WtMessageRecord *copy = g_memdup2 (self, sizeof *self);

  copy->msg_id = g_strdup (self->msg_id);
  copy->digest = g_strdup (self->digest);
  copy->message_id = g_strdup (self->message_id);
  copy->author_platform = g_strdup (self->author_platform);
  copy->author_id = g_strdup (self->author_id);
  copy->author_nickname = g_strdup (self->author_nickname);
  copy->author_cardname = g_strdup (self->author_cardname);
  copy->failure = g_strdup (self->failure);
  copy->segments = g_strdup (self->segments);
  copy->config = g_strdup (self->config);
  copy->text = g_strdup (self->text);

  return copy;
}

/**
 * wt_message_record_free:
 * @self: (nullable) (transfer full): a message
 */
void
wt_message_record_free (WtMessageRecord *self)
{
  if (self == NULL)
    return;

  g_free (self->msg_id);
  g_free (self->digest);
  g_free (self->message_id);
  g_free (self->author_platform);
  g_free (self->author_id);
  g_free (self->author_nickname);
  g_free (self->author_cardname);
  g_free (self->failure);
  g_free (self->segments);
  g_free (self->config);
  g_free (self->text);
  g_free (self);
}

/* In the place of a list's segments: one text, which is all there is to it. Most of what servers say is that. */
#define LIST_OF_TEXT "[]"

static char *
make_segments (WtSegment *segment)
{
  if (wt_segment_is_plain_text (segment))
    return NULL;
  if (wt_segment_is_plain_list (segment))
    return g_strdup (LIST_OF_TEXT);

  return wt_segment_to_storage (segment);
}

/**
 * wt_message_record_set_segment:
 * @self: a message
 * @segment: what it says; its contents are blobs
 *
 * Sets @text and @segments: what the text says already is not kept twice.
 */
void
wt_message_record_set_segment (WtMessageRecord *self, WtSegment *segment)
{
  g_free (self->text);
  g_free (self->segments);
  self->text = wt_segment_to_plain_text (segment);
  self->segments = make_segments (segment);
}

/**
 * wt_message_record_dup_segment:
 * @self: a message
 * @error: return location for a #WtProtocolError: `MISSING` for a tombstone, else why what is stored cannot be read
 *
 * Returns: (transfer full) (nullable): what it says
 */
WtSegment *
wt_message_record_dup_segment (const WtMessageRecord *self, GError **error)
{
  if (self->deleted || (self->segments == NULL && self->text == NULL))
    {
      g_set_error (error, WT_PROTOCOL_ERROR, WT_PROTOCOL_ERROR_MISSING, "the message was deleted");
      return NULL;
    }

  if (self->segments == NULL || strcmp (self->segments, LIST_OF_TEXT) == 0)
    {
      WtSegment *text = wt_segment_new_text (self->text != NULL ? self->text : "");
      WtSegment *list = NULL;

      if (self->segments == NULL)
        return text;
      list = wt_segment_new_list (&text, 1);
      wt_segment_unref (text);
      return list;
    }
  return wt_segment_from_storage (self->segments, error);
}

/**
 * wt_member_record_new:
 *
 * Returns: (transfer full): an empty member
 */
WtMemberRecord *
wt_member_record_new (void)
{
  return g_new0 (WtMemberRecord, 1);
}

/**
 * wt_member_record_free:
 * @self: (nullable) (transfer full): a member
 */
void
wt_member_record_free (WtMemberRecord *self)
{
  if (self == NULL)
    return;

  g_free (self->platform);
  g_free (self->user_id);
  g_free (self->nickname);
  g_free (self->cardname);
  g_free (self);
}

/**
 * wt_attachment_record_new:
 *
 * Returns: (transfer full): an empty attachment
 */
WtAttachmentRecord *
wt_attachment_record_new (void)
{
  return g_new0 (WtAttachmentRecord, 1);
}

/**
 * wt_attachment_record_copy:
 * @self: an attachment
 *
 * Returns: (transfer full): a copy with strings of its own
 */
WtAttachmentRecord *
wt_attachment_record_copy (const WtAttachmentRecord *self)
{
  WtAttachmentRecord *copy = g_memdup2 (self, sizeof *self);

  copy->kind = g_strdup (self->kind);
  copy->blob = g_strdup (self->blob);
  copy->url = g_strdup (self->url);
  copy->mime_type = g_strdup (self->mime_type);
  copy->name = g_strdup (self->name);

  return copy;
}

/**
 * wt_attachment_record_free:
 * @self: (nullable) (transfer full): an attachment
 */
void
wt_attachment_record_free (WtAttachmentRecord *self)
{
  if (self == NULL)
    return;

  g_free (self->kind);
  g_free (self->blob);
  g_free (self->url);
  g_free (self->mime_type);
  g_free (self->name);
  g_free (self);
}

/**
 * wt_shared_record_new:
 *
 * Returns: (transfer full): an empty one
 */
WtSharedRecord *
wt_shared_record_new (void)
{
  return g_new0 (WtSharedRecord, 1);
}

/**
 * wt_shared_record_free:
 * @self: (nullable) (transfer full): what is shared
 */
void
wt_shared_record_free (WtSharedRecord *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->attachment, wt_attachment_record_free);
  g_free (self->author);
  g_free (self);
}
