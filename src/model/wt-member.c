/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-member.h"

struct _WtMember
{
  GObject parent_instance;

  char *platform;
  char *user_id;
  char *nickname;
  char *cardname;
  gint64 last_seen;
};

G_DEFINE_FINAL_TYPE (WtMember, wt_member, G_TYPE_OBJECT)

typedef enum
{
  PROP_USER_ID = 1,
  PROP_PLATFORM,
  PROP_NAME,
  PROP_NICKNAME,
  PROP_CARDNAME,
  PROP_LAST_SEEN,
} WtMemberProperty;

static GParamSpec *properties[PROP_LAST_SEEN + 1];

static gboolean
is_empty (const char *text)
{
  return text == NULL || *text == '\0';
}

static void
wt_member_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WtMember *self = WT_MEMBER (object);

  switch ((WtMemberProperty) id)
    {
    case PROP_USER_ID:
      g_value_set_string (value, self->user_id);
      break;
    case PROP_PLATFORM:
      g_value_set_string (value, self->platform);
      break;
    case PROP_NAME:
      g_value_set_string (value, wt_member_get_name (self));
      break;
    case PROP_NICKNAME:
      g_value_set_string (value, self->nickname);
      break;
    case PROP_CARDNAME:
      g_value_set_string (value, self->cardname);
      break;
    case PROP_LAST_SEEN:
      g_value_set_int64 (value, self->last_seen);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_member_finalize (GObject *object)
{
  WtMember *self = WT_MEMBER (object);

  g_clear_pointer (&self->platform, g_free);
  g_clear_pointer (&self->user_id, g_free);
  g_clear_pointer (&self->nickname, g_free);
  g_clear_pointer (&self->cardname, g_free);

  G_OBJECT_CLASS (wt_member_parent_class)->finalize (object);
}

static GParamSpec *
string_property (const char *name)
{
  return g_param_spec_string (name, NULL, NULL, NULL,
                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
}

static void
wt_member_class_init (WtMemberClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wt_member_get_property;
  object_class->finalize = wt_member_finalize;

  properties[PROP_USER_ID] = string_property ("user-id");
  properties[PROP_PLATFORM] = string_property ("platform");
  properties[PROP_NAME] = string_property ("name");
  properties[PROP_NICKNAME] = string_property ("nickname");
  properties[PROP_CARDNAME] = string_property ("cardname");
  properties[PROP_LAST_SEEN] = g_param_spec_int64 ("last-seen", NULL, NULL, 0, G_MAXINT64, 0,
                                                   G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY
                                                       | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
wt_member_init (WtMember *self)
{
}

/**
 * wt_member_new:
 * @record: the member as stored, with a user id
 *
 * Returns: (transfer full): a member
 */
WtMember *
wt_member_new (const WtMemberRecord *record)
{
  WtMember *self = g_object_new (WT_TYPE_MEMBER, NULL);

  self->platform = g_strdup (record->platform);
  self->user_id = g_strdup (record->user_id);
  self->nickname = g_strdup (record->nickname);
  self->cardname = g_strdup (record->cardname);
  self->last_seen = MAX (record->last_seen, 0);
  return self;
}

static gboolean
take_name (char **place, const char *name)
{
  /* A name that is missing was not taken away. */
  if (is_empty (name) || g_strcmp0 (*place, name) == 0)
    return FALSE;

  g_free (*place);
  *place = g_strdup (name);
  return TRUE;
}

/**
 * wt_member_meet:
 * @self: a member
 * @record: what a message says of the same member
 *
 * Takes over names, as the database does, and when they were seen; notifies of what changed. What is older than
 * what is known changes nothing.
 */
void
wt_member_meet (WtMember *self, const WtMemberRecord *record)
{
  g_return_if_fail (WT_IS_MEMBER (self));

  gboolean nickname, cardname;

  if (record->last_seen < self->last_seen)
    return;

  g_object_freeze_notify (G_OBJECT (self));
  nickname = take_name (&self->nickname, record->nickname);
  cardname = take_name (&self->cardname, record->cardname);
  if (nickname)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NICKNAME]);
  if (cardname)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CARDNAME]);
  if (nickname || cardname)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
  if (record->last_seen > self->last_seen)
    {
      self->last_seen = record->last_seen;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAST_SEEN]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * wt_member_get_user_id:
 * @self: a member
 *
 * Returns: their id on their platform, for wt_segment_new_mention()
 */
const char *
wt_member_get_user_id (WtMember *self)
{
  g_return_val_if_fail (WT_IS_MEMBER (self), NULL);

  return self->user_id;
}

/**
 * wt_member_get_platform:
 * @self: a member
 *
 * Returns: (nullable): the platform that they are on
 */
const char *
wt_member_get_platform (WtMember *self)
{
  g_return_val_if_fail (WT_IS_MEMBER (self), NULL);

  return self->platform;
}

/**
 * wt_member_get_name:
 * @self: a member
 *
 * Returns: the card name, else the nickname, else the id
 */
const char *
wt_member_get_name (WtMember *self)
{
  g_return_val_if_fail (WT_IS_MEMBER (self), NULL);

  if (!is_empty (self->cardname))
    return self->cardname;
  return !is_empty (self->nickname) ? self->nickname : self->user_id;
}

/**
 * wt_member_get_nickname:
 * @self: a member
 *
 * Returns: (nullable): their own name for themselves
 */
const char *
wt_member_get_nickname (WtMember *self)
{
  g_return_val_if_fail (WT_IS_MEMBER (self), NULL);

  return self->nickname;
}

/**
 * wt_member_get_cardname:
 * @self: a member
 *
 * Returns: (nullable): their name in the group
 */
const char *
wt_member_get_cardname (WtMember *self)
{
  g_return_val_if_fail (WT_IS_MEMBER (self), NULL);

  return self->cardname;
}

/**
 * wt_member_get_last_seen:
 * @self: a member
 *
 * Returns: when their newest message came, in microseconds since the epoch, by this machine's clock
 */
gint64
wt_member_get_last_seen (WtMember *self)
{
  g_return_val_if_fail (WT_IS_MEMBER (self), 0);

  return self->last_seen;
}
