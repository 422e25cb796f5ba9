/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-inbox.h"

#include "wt-inbox-media.h"
#include "wt-inbox-records.h"

/* How long to wait before storing is tried again, where the disk is full or the file is locked. */
#define RETRY_MS 2000

/* More than this need not be parsed before some of it is on the disk: one transaction is written while the next is read. */
#define MOST_MESSAGES 2000
#define MOST_BYTES (64 * 1024 * 1024)

/* So often storing is tried where nobody knows why it fails. */
#define MOST_FAILURES 30

typedef enum
{
  ITEM_WAITING,
  ITEM_KEEPING, /* its pictures and files are being written */
  ITEM_STORING,
} ItemState;

typedef struct
{
  ItemState state;
  WtRoute *route;
  gint64 time;    /* when it was received, by our clock */
  gsize size;     /* of the frame, in bytes */
  guint failures; /* to store it, for no reason that is known */

  /* Until there is a message. */
  WtEnvelope *envelope;
  WtSegment *segment; /* (nullable): what it says, with blobs in the place of base64 */

  /* What is stored; NULL until it is known. */
  WtConversationRecord *conversation;
  WtMessageRecord *message;
  GPtrArray *attachments; /* of WtAttachmentRecord */
} Item;

/**
 * WtInbox:
 *
 * What becomes of each received message, in named steps and in order: identify (whose it is), keep (its pictures and files go to the blob
 * folder, on another thread), store, and only after that is committed, acknowledge and publish. What cannot be stored because the disk
 * is full is kept and tried again; it is not acknowledged before. When too much waits, the owner is told to take no more.
 */
struct _WtInbox
{
  GObject parent_instance;

  /* owned */
  WtDatabase *database;
  WtBlobs *blobs;
  WtClock *clock;
  char *my_user_id;
  char *salt;
  GQueue items; /* of Item, in the order they came */
  GList *next;  /* the first of them that is not on its way to the disk */
  GCancellable *cancellable;

  /* borrowed */
  WtInboxFuncs funcs;
  gpointer data;

  gint64 account_id;
  guint retry;
  guint most_messages;
  guint64 most_bytes;
  guint64 bytes; /* of the frames that wait */
  gboolean crowded;
};

G_DEFINE_FINAL_TYPE (WtInbox, wt_inbox, G_TYPE_OBJECT)

static void pump (WtInbox *self);

static void
item_free (gpointer data)
{
  Item *item = data;

  wt_route_free (item->route);
  g_clear_pointer (&item->envelope, wt_envelope_unref);
  g_clear_pointer (&item->segment, wt_segment_unref);
  g_clear_pointer (&item->conversation, wt_conversation_record_free);
  g_clear_pointer (&item->message, wt_message_record_free);
  g_clear_pointer (&item->attachments, g_ptr_array_unref);
  g_free (item);
}

/* Keep: pictures and files */

static gboolean
on_retry (gpointer data)
{
  WtInbox *self = data;

  self->retry = 0;
  pump (self);
  return G_SOURCE_REMOVE;
}

/* It waits at its place, and what came later behind it. Told once a round, however many could not be stored in it. */
static void
try_again_later (WtInbox *self, Item *item, const GError *error)
{
  item->state = ITEM_WAITING;
  self->next = self->items.head;
  if (self->retry != 0)
    return;
  self->retry = wt_clock_add_timeout (self->clock, RETRY_MS, on_retry, self, NULL);
  self->funcs.trouble (error, self->data);
}

/* Half of it gone is enough to go on: not so close to the limit that it is met again at once. */
static void
update_crowded (WtInbox *self)
{
  guint share = self->crowded ? 2 : 1;
  gboolean crowded = self->items.length > self->most_messages / share
                     || self->bytes > self->most_bytes / share;

  if (crowded == self->crowded)
    return;
  self->crowded = crowded;
  self->funcs.crowded (crowded, self->data);
}

typedef struct
{
  WtInbox *inbox;
  Item *item; /* borrowed from the inbox: good while it is not closed */
} Pending;

static Pending *
pending_new (WtInbox *self, Item *item)
{
  Pending *pending = g_new0 (Pending, 1);

  pending->inbox = g_object_ref (self);
  pending->item = item;
  return pending;
}

static void
pending_free (Pending *pending)
{
  g_object_unref (pending->inbox);
  g_free (pending);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pending, pending_free)

static void
on_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Pending) pending = data;
  WtInbox *self = pending->inbox;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) attachments = NULL;
  g_autoptr (WtSegment) segment = wt_inbox_media_keep_finish (result, &attachments, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  if (segment == NULL)
    {
      try_again_later (self, pending->item, error);
      return;
    }

  pending->item->segment = g_steal_pointer (&segment);
  pending->item->attachments = g_steal_pointer (&attachments);
  pending->item->state = ITEM_WAITING;
  pump (self);
}

static void
keep_elsewhere (WtInbox *self, Item *item)
{
  item->state = ITEM_KEEPING;
  wt_inbox_media_keep_async (item->envelope, self->blobs, on_kept, pending_new (self, item));
}

/* Where nothing has to be written. */
static void
keep_here (WtInbox *self, Item *item)
{
  item->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) wt_attachment_record_free);
  item->segment = wt_inbox_media_keep (wt_envelope_get_payload (item->envelope)->segment,
                                       self->blobs, item->attachments, NULL);
}

/* Store */

/* Whether it may be stored once the disk is well again. What fails for no reason that is known is given up in the end:
 * the messages behind it wait. */
static gboolean
will_pass (Item *item, const GError *error)
{
  if (error->domain != WT_DATABASE_ERROR)
    return FALSE;

  switch ((WtDatabaseError) error->code)
    {
    case WT_DATABASE_ERROR_FULL:
    case WT_DATABASE_ERROR_BUSY:
    case WT_DATABASE_ERROR_READ_ONLY:
    case WT_DATABASE_ERROR_CORRUPT:
      return TRUE;
    case WT_DATABASE_ERROR_FAILED:
      return ++item->failures < MOST_FAILURES;
    case WT_DATABASE_ERROR_NEWER:
    case WT_DATABASE_ERROR_CONSTRAINT:
    case WT_DATABASE_ERROR_NOT_FOUND:
    case WT_DATABASE_ERROR_CLOSED:
    default:
      return FALSE;
    }
}

static void
remove_item (WtInbox *self, Item *item)
{
  GList *link = g_queue_find (&self->items, item);

  if (self->next == link)
    self->next = link->next;
  g_queue_delete_link (&self->items, link);
  self->bytes -= item->size;
  item_free (item);
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Pending) pending = data;
  WtInbox *self = pending->inbox;
  Item *item = pending->item;
  g_autoptr (GError) error = NULL;
  g_autoptr (WtStoredMessage) stored = wt_message_store_add_finish (WT_DATABASE (source), result,
                                                                    &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  if (stored == NULL && will_pass (item, error))
    {
      try_again_later (self, item, error);
      return;
    }

  if (stored != NULL)
    {
      self->funcs.acknowledge (item->message->msg_id, self->data);
      if (!stored->repeat)
        self->funcs.stored (g_steal_pointer (&stored), item->route->reply_key, self->data);
    }
  else
    self->funcs.trouble (error, self->data);
  remove_item (self, item);
  pump (self);
  update_crowded (self);
}

/* Nothing is asked of the frame any more: its tree goes while it is at hand, not when it is long out of the caches. */
static void
make_message (WtInbox *self, Item *item)
{
  item->conversation = wt_inbox_make_conversation (self->account_id, item->route);
  item->message = wt_inbox_make_message (item->envelope, item->route, item->segment, item->time);
  g_clear_pointer (&item->segment, wt_segment_unref);
  g_clear_pointer (&item->envelope, wt_envelope_unref);
}

static void
store (WtInbox *self, Item *item)
{
  item->state = ITEM_STORING;
  wt_message_store_add_async (self->database, item->conversation, item->message, item->attachments,
                              NULL, on_stored, pending_new (self, item));
}

/* Moves items on, in order: nothing is stored before what came earlier is at least on its way there. */
static void
pump (WtInbox *self)
{
  for (; self->next != NULL && self->retry == 0; self->next = self->next->next)
    {
      Item *item = self->next->data;

      if (item->state == ITEM_KEEPING)
        return;
      if (item->state == ITEM_STORING)
        continue;
      if (item->message == NULL && item->segment == NULL)
        {
          if (wt_segment_has_base64 (wt_envelope_get_payload (item->envelope)->segment))
            {
              keep_elsewhere (self, item);
              return;
            }
          keep_here (self, item);
        }
      if (item->message == NULL)
        make_message (self, item);
      store (self, item);
    }
}

static void
wt_inbox_dispose (GObject *object)
{
  WtInbox *self = WT_INBOX (object);

  wt_inbox_close (self);
  g_clear_object (&self->database);
  g_clear_object (&self->blobs);
  g_clear_object (&self->clock);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (wt_inbox_parent_class)->dispose (object);
}

static void
wt_inbox_finalize (GObject *object)
{
  WtInbox *self = WT_INBOX (object);

  g_clear_pointer (&self->my_user_id, g_free);
  g_clear_pointer (&self->salt, g_free);

  G_OBJECT_CLASS (wt_inbox_parent_class)->finalize (object);
}

static void
wt_inbox_class_init (WtInboxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wt_inbox_dispose;
  object_class->finalize = wt_inbox_finalize;
}

static void
wt_inbox_init (WtInbox *self)
{
  g_queue_init (&self->items);
  self->cancellable = g_cancellable_new ();
  self->most_messages = MOST_MESSAGES;
  self->most_bytes = MOST_BYTES;
}

/**
 * wt_inbox_new:
 * @database: where messages go
 * @blobs: where pictures and files go
 * @clock: the time of receipt
 * @account_id: whose messages they are
 * @my_user_id: the account's own user id
 * @salt: any text that belongs to this account alone, see wt_route_new()
 * @funcs: what the inbox calls; copied
 * @data: for @funcs; not owned: call wt_inbox_close() before it goes
 *
 * Returns: (transfer full): an empty inbox
 */
WtInbox *
wt_inbox_new (WtDatabase *database,
              WtBlobs *blobs,
              WtClock *clock,
              gint64 account_id,
              const char *my_user_id,
              const char *salt,
              const WtInboxFuncs *funcs,
              gpointer data)
{
  WtInbox *self = g_object_new (WT_TYPE_INBOX, NULL);

  self->database = g_object_ref (database);
  self->blobs = g_object_ref (blobs);
  self->clock = g_object_ref (clock);
  self->account_id = account_id;
  self->my_user_id = g_strdup (my_user_id);
  self->salt = g_strdup (salt);
  self->funcs = *funcs;
  self->data = data;
  return self;
}

/**
 * wt_inbox_set_limits:
 * @self: an inbox
 * @messages: how many may wait for the disk; 2000 at first
 * @bytes: how long their frames may be together; 64 MiB at first
 *
 * What is received beyond is taken nevertheless, but #WtInboxFuncs.crowded is called with %TRUE, and with %FALSE once
 * less than half is left.
 */
void
wt_inbox_set_limits (WtInbox *self, guint messages, guint64 bytes)
{
  g_return_if_fail (WT_IS_INBOX (self));

  self->most_messages = messages;
  self->most_bytes = bytes;
}

/**
 * wt_inbox_receive:
 * @self: an inbox
 * @envelope: anything but a `sys_ack`
 *
 * Implements the guide's ACK rule: every envelope with a `msg_id` that is no `sys_ack` is acknowledged. A message that can be
 * shown only after it is stored; what is not for this account, of an unknown type or broken at once.
 */
void
wt_inbox_receive (WtInbox *self, WtEnvelope *envelope)
{
  g_return_if_fail (WT_IS_INBOX (self));

  const GError *error = wt_envelope_get_error (envelope);

  if (error != NULL)
    self->funcs.refused (error, self->data);
  if (error != NULL || wt_envelope_get_envelope_type (envelope) != WT_ENVELOPE_STD)
    {
      if (wt_envelope_wants_ack (envelope))
        self->funcs.acknowledge (wt_envelope_get_msg_id (envelope), self->data);
      return;
    }

  g_autoptr (WtRoute) route = wt_route_new (envelope, self->my_user_id, self->salt);

  if (route->foreign)
    {
      self->funcs.acknowledge (wt_envelope_get_msg_id (envelope), self->data);
      return;
    }

  Item *item = g_new0 (Item, 1);

  item->envelope = wt_envelope_ref (envelope);
  item->route = g_steal_pointer (&route);
  item->time = wt_clock_get_real (self->clock);
  item->size = wt_envelope_get_size (envelope);
  g_queue_push_tail (&self->items, item);
  self->bytes += item->size;
  if (self->next == NULL)
    self->next = self->items.tail;
  pump (self);
  update_crowded (self);
}

/**
 * wt_inbox_get_n_waiting:
 * @self: an inbox
 *
 * Returns: how many messages are not on disk yet
 */
guint
wt_inbox_get_n_waiting (WtInbox *self)
{
  g_return_val_if_fail (WT_IS_INBOX (self), 0);

  return self->items.length;
}

/**
 * wt_inbox_is_crowded:
 * @self: an inbox
 *
 * Returns: whether so much waits for the disk that nothing more should be given to it
 */
gboolean
wt_inbox_is_crowded (WtInbox *self)
{
  g_return_val_if_fail (WT_IS_INBOX (self), FALSE);

  return self->crowded;
}

/**
 * wt_inbox_close:
 * @self: an inbox
 *
 * Nothing is acknowledged or published any more. What was on its way to the disk may still get there; it was not
 * acknowledged, so it may come again, and is then known as a repeat.
 */
void
wt_inbox_close (WtInbox *self)
{
  g_return_if_fail (WT_IS_INBOX (self));

  if (self->clock == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;

  g_cancellable_cancel (self->cancellable);
  if (self->retry != 0)
    wt_clock_remove_timeout (self->clock, self->retry);
  self->retry = 0;
  self->next = NULL;
  g_queue_clear_full (&self->items, item_free);
}
