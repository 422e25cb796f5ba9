/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-cli-world.h"

#include "wt-attachments.h"
#include "wt-cli-specimen.h"

/* Marks an account as one that nobody would miss. */
#define UUID_PREFIX "generated-"

#define PLATFORM "wheatear"
#define SELF_ID "10000"
#define SELF_NAME "麦子"

/* The newest message is from the first moment of 2026, UTC: a day that does not depend on the one it is made on. */
#define END (G_GINT64_CONSTANT (1767225600) * G_USEC_PER_SEC)
#define SPAN (2 * 365 * G_TIME_SPAN_DAY)
/* Few messages are of one day, too. */
#define LONGEST_STEP (10 * G_TIME_SPAN_MINUTE)

#define MOST_MEMBERS 48
#define MOST_UNREAD 40

typedef struct
{
  gint64 id;
  gint64 seq;
} Place;

struct _WtCliWorld
{
  WtCliWorldPlan plan;
  GRand *rand;
  GPtrArray *pictures; /* of WtMedia */
  Place *places;
  double *weights; /* summed up */
  guint made;
};

static void
free_media (gpointer media)
{
  wt_media_free (media);
}

/**
 * wt_cli_world_new:
 * @plan: how large it is
 *
 * Returns: (transfer full): a world before its first message
 */
WtCliWorld *
wt_cli_world_new (const WtCliWorldPlan *plan)
{
  WtCliWorld *self = g_new0 (WtCliWorld, 1);
  double sum = 0;

  self->plan = *plan;
  self->rand = g_rand_new_with_seed (plan->seed);
  self->pictures = g_ptr_array_new_with_free_func (free_media);
  self->places = g_new0 (Place, plan->conversations);
  self->weights = g_new (double, plan->conversations);
  /* Zipf: a few conversations have most of the messages. */
  for (guint i = 0; i < plan->conversations; i++)
    self->weights[i] = sum += 1.0 / (i + 1);
  return self;
}

/**
 * wt_cli_world_free:
 * @self: (transfer full): a world
 */
void
wt_cli_world_free (WtCliWorld *self)
{
  g_rand_free (self->rand);
  g_ptr_array_unref (self->pictures);
  g_free (self->places);
  g_free (self->weights);
  g_free (self);
}

/**
 * wt_cli_world_add_picture:
 * @self: a world
 * @picture: a picture that is in the blob folder; messages show those that were added
 */
void
wt_cli_world_add_picture (WtCliWorld *self, const WtMedia *picture)
{
  g_ptr_array_add (self->pictures, wt_media_copy (picture));
}

static guint64
mix (WtCliWorld *self, guint index)
{
  return wt_cli_specimen_mix ((guint64) self->plan.seed << 32 | index);
}

/* Every third one, also among the few that have the most messages. */
static gboolean
is_group (guint index)
{
  return index % 3 == 1;
}

/**
 * wt_cli_world_make_account:
 * @self: a world
 *
 * Returns: (transfer full): the account; turned off, for there is no such server
 */
WtAccountRecord *
wt_cli_world_make_account (WtCliWorld *self)
{
  WtAccountRecord *account = wt_account_record_new ();

  account->uuid = g_strdup_printf (UUID_PREFIX "%u", self->plan.seed);
  account->label = g_strdup ("Generated");
  account->url = g_strdup ("ws://localhost:18040/ws");
  account->platform = g_strdup (PLATFORM);
  account->user_id = g_strdup (SELF_ID);
  account->nickname = g_strdup (SELF_NAME);
  return account;
}

/**
 * wt_cli_world_is_made_up:
 * @account: a stored account
 *
 * Returns: whether wt_cli_world_make_account() made it
 */
gboolean
wt_cli_world_is_made_up (const WtAccountRecord *account)
{
  return g_str_has_prefix (account->uuid, UUID_PREFIX);
}

/**
 * wt_cli_world_make_conversation:
 * @self: a world
 * @index: which one, from 0
 *
 * Returns: (transfer full): the conversation, without its account and the messages
 */
WtConversationRecord *
wt_cli_world_make_conversation (WtCliWorld *self, guint index)
{
  WtConversationRecord *record = wt_conversation_record_new ();
  guint64 mixed = mix (self, index);

  record->kind = is_group (index) ? WT_CONVERSATION_GROUP : WT_CONVERSATION_DIRECT;
  record->platform = g_strdup (PLATFORM);
  record->peer_id = g_strdup_printf ("%u", 100000 + index);
  record->title = is_group (index) ? wt_cli_specimen_group (mixed) : wt_cli_specimen_person (mixed);
  record->pinned = index < 2000 && mixed % 200 == 0;
  record->archived = index > 0 && mixed % 32 == 1;
  if (mixed % 16 == 3)
    record->level = WT_LEVEL_NONE;
  else if (is_group (index) && mixed % 16 == 4)
    record->level = WT_LEVEL_MENTIONS;
  return record;
}

/**
 * wt_cli_world_set_conversation_id:
 * @self: a world
 * @index: which conversation
 * @id: its row id
 */
void
wt_cli_world_set_conversation_id (WtCliWorld *self, guint index, gint64 id)
{
  self->places[index].id = id;
}

/**
 * wt_cli_world_get_conversation_id:
 * @self: a world
 * @index: which conversation
 *
 * Returns: its row id
 */
gint64
wt_cli_world_get_conversation_id (WtCliWorld *self, guint index)
{
  return self->places[index].id;
}

/* Each conversation has a message first; then the one has its share, evenly, and chance gives the rest. */
static guint
choose_conversation (WtCliWorld *self)
{
  guint64 n = self->plan.messages, one = self->plan.in_one, i = self->made;
  guint low = 0, high = self->plan.conversations - 1;

  if (i < self->plan.conversations)
    return (guint) i;
  if (i * one / n != (i + 1) * one / n)
    return 0;

  double at = g_rand_double_range (self->rand, 0, self->weights[high]);

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (self->weights[middle] <= at)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static WtSegment *
add_before (WtSegment *first, WtSegment *rest)
{
  g_autoptr (WtSegment) one = first;
  g_autoptr (WtSegment) other = rest;
  WtSegment *const both[] = { one, other };

  return wt_segment_new_list (both, G_N_ELEMENTS (both));
}

static char *
make_message_id (guint conversation, gint64 seq)
{
  return g_strdup_printf ("m%u-%" G_GINT64_FORMAT, conversation, seq);
}

static WtSegment *
make_segment (WtCliWorld *self, guint conversation, WtMessageRecord *message)
{
  guint chance = (guint) g_rand_int_range (self->rand, 0, 100);

  if (chance < 5 && self->pictures->len > 0)
    {
      guint which = (guint) g_rand_int_range (self->rand, 0, (gint32) self->pictures->len);

      return wt_segment_new_media (chance < 3 ? WT_SEGMENT_IMAGE : WT_SEGMENT_EMOJI,
                                   g_ptr_array_index (self->pictures, which));
    }

  g_autofree char *text = wt_cli_specimen_text (self->rand);
  WtSegment *said = wt_segment_new_text (text);

  if (chance < 8 && message->seq > 1)
    {
      gint64 back = g_rand_int_range (self->rand, 1, (gint32) MIN (message->seq, 50));
      g_autofree char *id = make_message_id (conversation, message->seq - back);

      return add_before (wt_segment_new_reply (id), said);
    }
  if (chance == 8 && is_group (conversation) && message->direction == WT_DIRECTION_IN)
    {
      message->mentions_me = TRUE;
      return add_before (wt_segment_new_mention (SELF_ID, SELF_NAME, NULL), said);
    }
  return said;
}

static void
set_author (WtCliWorld *self, guint conversation, WtMessageRecord *message)
{
  guint64 mixed = mix (self, conversation);
  guint member = 0;

  message->author_platform = g_strdup (PLATFORM);
  if (message->direction == WT_DIRECTION_OUT)
    {
      message->author_id = g_strdup (SELF_ID);
      message->author_nickname = g_strdup (SELF_NAME);
      return;
    }
  if (is_group (conversation))
    {
      guint members = 2 + (guint) (mixed >> 16) % MOST_MEMBERS;

      member = 1 + (guint) g_rand_int_range (self->rand, 0, (gint32) members);
      message->author_id = g_strdup_printf ("%u", 200000 + conversation * 7 + member);
    }
  else
    message->author_id = g_strdup_printf ("%u", 100000 + conversation);
  message->author_nickname = wt_cli_specimen_person (member == 0 ? mixed : mixed + member);
  if (member % 4 == 3)
    message->author_cardname = g_strdup_printf ("%s 📎", message->author_nickname);
}

static void
set_times (WtCliWorld *self, WtMessageRecord *message)
{
  gint64 step = MIN (SPAN / self->plan.messages, LONGEST_STEP);

  message->time = END - (gint64) (self->plan.messages - self->made) * step
                  + g_rand_int_range (self->rand, 0, (gint32) MAX (step / 2, 1));
  message->peer_time = message->time - g_rand_int_range (self->rand, 0, 2 * G_USEC_PER_SEC);
  message->rtt = -1;
  if (message->direction == WT_DIRECTION_IN)
    return;
  message->peer_time = message->time;
  message->delivery = WT_DELIVERY_ACKED;
  message->attempts = 1;
  message->rtt = g_rand_int_range (self->rand, 1000, 200 * 1000);
  message->acked_time = message->time + message->rtt;
}

static void
set_ids (WtCliWorld *self, guint conversation, WtMessageRecord *message)
{
  guint64 a = wt_cli_specimen_mix (mix (self, self->made)), b = wt_cli_specimen_mix (a);

  message->message_id = make_message_id (conversation, message->seq);
  message->msg_id = g_strdup_printf ("%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x", a, b);
  if (message->direction == WT_DIRECTION_IN)
    message->digest = g_strdup_printf ("%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x", b,
                                       a);
}

/**
 * wt_cli_world_next_message:
 * @self: a world
 * @attachments: (out) (transfer full) (element-type WtAttachmentRecord): its attachments
 *
 * To be called as often as there are messages, when all conversations have their ids.
 *
 * Returns: (transfer full): the next message, newer than the one before; it names its conversation
 */
WtMessageRecord *
wt_cli_world_next_message (WtCliWorld *self, GPtrArray **attachments)
{
  guint conversation = choose_conversation (self);
  Place *place = &self->places[conversation];
  WtMessageRecord *message = wt_message_record_new ();
  int out = is_group (conversation) ? 10 : 45;
  g_autoptr (WtSegment) segment = NULL;

  message->conversation_id = place->id;
  message->seq = ++place->seq;
  message->direction = g_rand_int_range (self->rand, 0, 100) < out ? WT_DIRECTION_OUT
                                                                   : WT_DIRECTION_IN;
  set_author (self, conversation, message);
  set_times (self, message);
  set_ids (self, conversation, message);
  segment = make_segment (self, conversation, message);
  wt_message_record_set_segment (message, segment);
  *attachments = wt_attachments_list (segment);
  self->made++;
  return message;
}

/**
 * wt_cli_world_get_read_seq:
 * @self: a world after its last message
 * @index: which conversation
 *
 * Returns: the newest position in it that was read; 0 where none was
 */
gint64
wt_cli_world_get_read_seq (WtCliWorld *self, guint index)
{
  guint64 mixed = mix (self, index) >> 8;
  gint64 unread = mixed % 8 == 0 ? (gint64) (mixed >> 8) % MOST_UNREAD + 1 : 0;

  return MAX (self->places[index].seq - unread, 0);
}

/**
 * wt_cli_world_make_draft:
 * @self: a world
 * @index: which conversation
 *
 * Returns: (transfer full) (nullable): what stands in its composer: in a few only
 */
char *
wt_cli_world_make_draft (WtCliWorld *self, guint index)
{
  return index < 2000 && mix (self, index) % 100 == 7 ? wt_cli_specimen_text (self->rand) : NULL;
}
