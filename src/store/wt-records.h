/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "wt-dialect.h"
#include "wt-segment.h"

G_BEGIN_DECLS

/* The enumerations here are stored on disk: never renumber. */
typedef enum
{
  WT_CONVERSATION_DIRECT = 0,
  WT_CONVERSATION_GROUP = 1,
} WtConversationKind;

typedef enum
{
  WT_DIRECTION_IN = 0,
  WT_DIRECTION_OUT = 1,
} WtDirection;

typedef enum
{
  WT_DELIVERY_RECEIVED = 0, /* incoming */
  WT_DELIVERY_QUEUED = 1,
  WT_DELIVERY_SENT = 2,
  WT_DELIVERY_ACKED = 3,
  WT_DELIVERY_FAILED = 4,
} WtDelivery;

typedef enum
{
  WT_ATTACHMENT_STORED = 0,  /* its blob is in the blob folder */
  WT_ATTACHMENT_REMOTE = 1,  /* only a URL or a peer's file id is known */
  WT_ATTACHMENT_BROKEN = 2,  /* what came could not be decoded */
  WT_ATTACHMENT_REMOVED = 3, /* was here, and the user had it removed; its URL may be known */
} WtAttachmentState;

typedef enum
{
  WT_LEVEL_ALL = 0,      /* counted and notified of */
  WT_LEVEL_MENTIONS = 1, /* only what mentions the user is */
  WT_LEVEL_NONE = 2,
} WtLevel;

typedef enum
{
  WT_REMOTE_ASK = 0,
  WT_REMOTE_ALWAYS = 1,
  WT_REMOTE_NEVER = 2,
} WtRemotePictures;

/**
 * WtAccountRecord:
 * @id: row id, 0 before it is stored
 * @uuid: names the account's secrets in #WtSecrets
 * @has_target: whether there is a default target (its key is a secret)
 *
 * An account as stored: no keys.
 */
typedef struct
{
  gint64 id;
  char *uuid;
  char *label;
  char *url;
  int auth;
  char *platform;
  char *user_id;
  char *nickname;
  char *cardname;
  WtDialect dialect;
  gboolean has_target;
  char *target_platform;
  gboolean enabled;
  int position;
  int colour;
  WtRemotePictures remote_pictures;
  char *ca_file;
  char *certificate_file;
  char *key_file;
  char *trusted_fingerprint;
  gboolean insecure;
} WtAccountRecord;

/* In the place of a dialect. */
#define WT_DIALECT_OF_ACCOUNT (-1)

/**
 * WtConversationRecord:
 * @peer_id: the other's user id, or the group's id
 * @title: (nullable): what its messages call it
 * @name: (nullable): what the user calls it, here only; goes before @title
 * @target_secret: (nullable): name in #WtSecrets of the key that messages here are routed to
 * @target_platform: (nullable): the platform they are routed to
 * @dialect: a #WtDialect: how messages here are written; %WT_DIALECT_OF_ACCOUNT: as its account says
 * @last_seq: the newest message's position, 0 when empty; positions are 1…last_seq without gaps
 * @read_seq: the newest message that was read
 * @last_*: of the newest message; @last_text is plain
 */
typedef struct
{
  gint64 id;
  gint64 account_id;
  WtConversationKind kind;
  char *platform;
  char *peer_id;
  char *title;
  char *name;
  char *target_platform;
  char *target_secret;
  int dialect;
  gint64 last_seq;
  gint64 read_seq;
  guint unread;
  guint mentions;
  WtLevel level;
  gboolean pinned;
  gboolean archived;
  char *draft;
  gint64 last_time;
  char *last_text;
  char *last_author;
  WtDirection last_direction;
  WtDelivery last_delivery;
} WtConversationRecord;

/**
 * WtMessageRecord:
 * @seq: position in the conversation, 1…
 * @msg_id: the envelope's id
 * @digest: (nullable): wt_envelope_get_digest(); %NULL for what was written here, where the msg_id alone tells
 * @message_id: `message_info.message_id`
 * @author_*: the author as the message says
 * @peer_time: microseconds since the epoch, by the sender's clock
 * @time: microseconds since the epoch, by ours: when it was received or written
 * @attempts: times it was written to a socket
 * @acked_time: when the ACK came, or 0; @rtt: its round trip in microseconds, or -1
 * @failure: (nullable): why it failed, in technical words
 * @segments: (nullable): no blobs, no keys; read and set with wt_message_record_dup_segment() and its like; %NULL
 *   where @text is all there is, and of a tombstone
 * @config: (nullable): `additional_config` as JSON text, outgoing or incoming
 * @text: plain text for previews and search
 * @deleted: a local tombstone
 */
typedef struct
{
  gint64 id;
  gint64 conversation_id;
  gint64 seq;
  WtDirection direction;
  char *msg_id;
  char *digest;
  char *message_id;
  char *author_platform;
  char *author_id;
  char *author_nickname;
  char *author_cardname;
  gint64 peer_time;
  gint64 time;
  WtDelivery delivery;
  guint attempts;
  gint64 acked_time;
  gint64 rtt;
  char *failure;
  char *segments;
  char *config;
  char *text;
  gboolean mentions_me;
  gboolean deleted;
} WtMessageRecord;

/**
 * WtMemberRecord:
 * @last_seen: microseconds since the epoch, by our clock: the newest message from them
 *
 * Somebody who wrote in a conversation.
 */
typedef struct
{
  gint64 conversation_id;
  char *platform;
  char *user_id;
  char *nickname;
  char *cardname;
  gint64 last_seen;
} WtMemberRecord;

/**
 * WtAttachmentRecord:
 * @message_id: the message's row id
 * @position: place among the message's attachments, from 0
 * @blob: (nullable): SHA-256, hexadecimal: the name in the blob folder
 * @size: bytes; @width, @height: pixels; 0 where unknown
 *
 * What is needed to show one attachment of a message.
 */
typedef struct
{
  gint64 message_id;
  int position;
  char *kind; /* the segment's type name */
  char *blob;
  char *url;
  char *mime_type;
  char *name;
  gint64 size;
  int width;
  int height;
  WtAttachmentState state;
} WtAttachmentRecord;

/**
 * WtSharedRecord:
 * @seq: the message's position
 * @time: the message's, by our clock
 * @author: (nullable): card name, nickname or id of who sent it
 *
 * An attachment as one of those of a whole conversation.
 */
typedef struct
{
  WtAttachmentRecord *attachment;
  gint64 seq;
  gint64 time;
  WtDirection direction;
  char *author;
} WtSharedRecord;

WtAccountRecord *wt_account_record_new (void);
WtAccountRecord *wt_account_record_copy (const WtAccountRecord *self);
void wt_account_record_free (WtAccountRecord *self);
char *wt_account_record_dup_key_secret (const WtAccountRecord *self);
char *wt_account_record_dup_target_secret (const WtAccountRecord *self);
WtConversationRecord *wt_conversation_record_new (void);
WtConversationRecord *wt_conversation_record_copy (const WtConversationRecord *self);
void wt_conversation_record_free (WtConversationRecord *self);
WtMessageRecord *wt_message_record_new (void);
WtMessageRecord *wt_message_record_copy (const WtMessageRecord *self);
void wt_message_record_free (WtMessageRecord *self);
void wt_message_record_set_segment (WtMessageRecord *self, WtSegment *segment);
WtSegment *wt_message_record_dup_segment (const WtMessageRecord *self, GError **error);
WtMemberRecord *wt_member_record_new (void);
void wt_member_record_free (WtMemberRecord *self);
WtAttachmentRecord *wt_attachment_record_new (void);
WtAttachmentRecord *wt_attachment_record_copy (const WtAttachmentRecord *self);
void wt_attachment_record_free (WtAttachmentRecord *self);
WtSharedRecord *wt_shared_record_new (void);
void wt_shared_record_free (WtSharedRecord *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtAccountRecord, wt_account_record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtConversationRecord, wt_conversation_record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtMessageRecord, wt_message_record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtMemberRecord, wt_member_record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtAttachmentRecord, wt_attachment_record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtSharedRecord, wt_shared_record_free)

G_END_DECLS
