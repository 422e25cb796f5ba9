/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-demo-cast.h"

#include "wt-demo-audience.h"
#include "wt-demo-script.h"

/* More clients than this see no demo: it is made for one. */
#define MOST_AUDIENCES 64

/**
 * WtDemoCast:
 *
 * The demo's cast: a bot in a direct chat and three members of a group. Each new client is told the script
 * once; what was lost with a connection is sent again. After that whoever is written to answers.
 */
struct _WtDemoCast
{
  GObject parent_instance;

  WtClock *clock;
  GPtrArray *audiences; /* WtDemoAudience */
  GPtrArray *users;     /* utf8, and NULL at the end */
  char *user_id;
  char *user_name;
  guint pace;
  GWeakRef server;
};

/* What a timeout needs; owned by it. What is said while the client is away is said again when it is back. */
typedef struct
{
  WtDemoCast *cast; /* borrowed: it removes its timeouts */
  WtDemoAudience *audience;
} Turn;

enum
{
  PROP_0,
  PROP_PACE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];
static guint complete_signal;

static void wt_demo_cast_bot_init (WtBotInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WtDemoCast,
                               wt_demo_cast,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WT_TYPE_BOT, wt_demo_cast_bot_init))

static void
say (WtApiServer *server,
     const WtBotPeer *peer,
     const WtDemoRole *role,
     gboolean in_group,
     const char *msg_id,
     const char *message_id,
     WtSegment *segment)
{
  double now = (double) g_get_real_time () / G_USEC_PER_SEC;
  WtMessageInfo *info = wt_message_info_new (peer->platform, message_id, now);
  WtGroupInfo *group = NULL;

  if (in_group)
    group = wt_group_info_new (peer->platform, WT_DEMO_GROUP_ID, WT_DEMO_GROUP_NAME);
  info->sender = wt_party_new (wt_user_info_new (peer->platform, role->user_id, role->nickname,
                                                 in_group ? role->cardname : NULL),
                               group);
  wt_bot_send (server, peer, role->user, msg_id, info, segment);
}

static void
say_step (WtDemoCast *self, WtApiServer *server, WtDemoAudience *audience, guint step)
{
  WtBotPeer peer = wt_demo_audience_get_peer (audience);
  WtDemoScene scene = { self->user_id, self->user_name,
                        (const char *const *) audience->message_ids->pdata,
                        audience->message_ids->len };

  say (server, &peer, wt_demo_script_get_role (step), wt_demo_script_is_group (step),
       g_ptr_array_index (audience->msg_ids, step), g_ptr_array_index (audience->message_ids, step),
       wt_demo_script_make_segment (step, &scene));
}

static gboolean
on_turn (gpointer data)
{
  Turn *turn = data;
  WtDemoCast *self = turn->cast;
  WtDemoAudience *audience = turn->audience;
  g_autoptr (WtApiServer) server = g_weak_ref_get (&self->server);

  if (server != NULL && audience->next < wt_demo_script_get_n_steps ())
    {
      say_step (self, server, audience, audience->next++);
      if (audience->next < wt_demo_script_get_n_steps ())
        return G_SOURCE_CONTINUE;
    }
  audience->timeout = 0;
  return G_SOURCE_REMOVE;
}

static void
start_turns (WtDemoCast *self, WtDemoAudience *audience)
{
  Turn *turn;

  if (audience->timeout != 0 || audience->next >= wt_demo_script_get_n_steps ())
    return;
  turn = g_new0 (Turn, 1);
  turn->cast = self;
  turn->audience = audience;
  audience->timeout = wt_clock_add_timeout (self->clock, self->pace, on_turn, turn, g_free);
}

static void
stop_turns (WtDemoCast *self, WtDemoAudience *audience)
{
  if (audience->timeout != 0)
    wt_clock_remove_timeout (self->clock, audience->timeout);
  audience->timeout = 0;
}

static WtDemoAudience *
find_audience (WtDemoCast *self, const WtBotPeer *peer)
{
  for (guint i = 0; i < self->audiences->len; i++)
    {
      WtDemoAudience *audience = g_ptr_array_index (self->audiences, i);

      if (wt_demo_audience_is_peer (audience, peer))
        return audience;
    }
  return NULL;
}

static const char *const *
wt_demo_cast_get_users (WtBot *bot)
{
  return (const char *const *) WT_DEMO_CAST (bot)->users->pdata;
}

static void
wt_demo_cast_connected (WtBot *bot, WtApiServer *server, const WtBotPeer *peer)
{
  WtDemoCast *self = WT_DEMO_CAST (bot);
  WtDemoAudience *audience = find_audience (self, peer);

  g_weak_ref_set (&self->server, server);
  if (audience == NULL && self->audiences->len < MOST_AUDIENCES)
    {
      audience = wt_demo_audience_new (peer, wt_demo_script_get_n_steps ());
      g_ptr_array_add (self->audiences, audience);
    }
  if (audience == NULL)
    return;

  for (guint i = 0; i < audience->next; i++)
    {
      if (!audience->acked[i])
        say_step (self, server, audience, i);
    }
  if (audience->next == 0)
    say_step (self, server, audience, audience->next++);
  start_turns (self, audience);
}

static void
wt_demo_cast_acked (WtBot *bot, WtApiServer *server, const WtBotPeer *peer, const char *msg_id)
{
  WtDemoCast *self = WT_DEMO_CAST (bot);
  WtDemoAudience *audience = find_audience (self, peer);

  if (audience == NULL || audience->complete)
    return;
  wt_demo_audience_note_ack (audience, msg_id);
  if (audience->n_acked < wt_demo_script_get_n_steps ())
    return;
  audience->complete = TRUE;
  g_signal_emit (self, complete_signal, 0, audience->user);
}

static gboolean
is_group_message (const WtMessageInfo *info)
{
  return (info->sender != NULL && info->sender->group != NULL)
         || (info->receiver != NULL && info->receiver->group != NULL);
}

/* Answers come at once: a client that has just written is there. */
static void
wt_demo_cast_receive (WtBot *bot,
                      WtApiServer *server,
                      const WtBotPeer *peer,
                      const char *as_user,
                      WtEnvelope *envelope)
{
  WtDemoCast *self = WT_DEMO_CAST (bot);
  WtDemoAudience *audience = find_audience (self, peer);
  const WtPayload *payload = wt_envelope_get_payload (envelope);
  const WtDemoRole *role = wt_demo_script_find_role (as_user);
  g_autofree char *message_id = NULL;
  const WtDemoRole *roles;
  WtSegment *answer;
  gboolean in_group = is_group_message (payload->info);
  guint n_roles;

  if (audience == NULL || role == NULL)
    return;
  message_id = g_strdup_printf ("demo_answer_%u_%" G_GINT64_FORMAT, audience->turn,
                                wt_clock_get_real (self->clock));
  if (in_group)
    {
      roles = wt_demo_script_get_roles (&n_roles);
      role = &roles[1 + audience->turn % (n_roles - 1)];
      answer = wt_demo_script_make_group_answer (audience->turn, payload->info->message_id);
    }
  else
    answer = wt_demo_script_make_direct_answer (audience->turn, payload->info->message_id,
                                                payload->segment);
  audience->turn++;
  say (server, peer, role, in_group, NULL, message_id, answer);
}

static void
wt_demo_cast_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_PACE:
      g_value_set_uint (value, WT_DEMO_CAST (object)->pace);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_demo_cast_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WtDemoCast *self = WT_DEMO_CAST (object);

  switch (id)
    {
    case PROP_PACE:
      if (self->pace == g_value_get_uint (value))
        break;
      self->pace = g_value_get_uint (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_demo_cast_dispose (GObject *object)
{
  WtDemoCast *self = WT_DEMO_CAST (object);

  for (guint i = 0; i < self->audiences->len; i++)
    stop_turns (self, g_ptr_array_index (self->audiences, i));
  G_OBJECT_CLASS (wt_demo_cast_parent_class)->dispose (object);
}

static void
wt_demo_cast_finalize (GObject *object)
{
  WtDemoCast *self = WT_DEMO_CAST (object);

  g_clear_pointer (&self->audiences, g_ptr_array_unref);
  g_clear_pointer (&self->users, g_ptr_array_unref);
  g_clear_pointer (&self->user_id, g_free);
  g_clear_pointer (&self->user_name, g_free);
  g_clear_object (&self->clock);
  g_weak_ref_clear (&self->server);
  G_OBJECT_CLASS (wt_demo_cast_parent_class)->finalize (object);
}

static void
wt_demo_cast_bot_init (WtBotInterface *iface)
{
  iface->get_users = wt_demo_cast_get_users;
  iface->receive = wt_demo_cast_receive;
  iface->connected = wt_demo_cast_connected;
  iface->acked = wt_demo_cast_acked;
}

static void
wt_demo_cast_class_init (WtDemoCastClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wt_demo_cast_get_property;
  object_class->set_property = wt_demo_cast_set_property;
  object_class->dispose = wt_demo_cast_dispose;
  object_class->finalize = wt_demo_cast_finalize;

  /**
   * WtDemoCast:pace: milliseconds between two messages of the script; for scripts that begin later.
   */
  properties[PROP_PACE] = g_param_spec_uint ("pace", NULL, NULL, 0, 60000, WT_DEMO_PACE_MS,
                                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                                 | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  complete_signal = g_signal_new ("complete", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
wt_demo_cast_init (WtDemoCast *self)
{
  const WtDemoRole *roles;
  guint n_roles;

  self->pace = WT_DEMO_PACE_MS;
  self->audiences = g_ptr_array_new_with_free_func ((GDestroyNotify) wt_demo_audience_free);
  self->users = g_ptr_array_new ();
  roles = wt_demo_script_get_roles (&n_roles);
  for (guint i = 0; i < n_roles; i++)
    g_ptr_array_add (self->users, (gpointer) roles[i].user);
  g_ptr_array_add (self->users, NULL);
  g_weak_ref_init (&self->server, NULL);
}

/**
 * wt_demo_cast_new:
 * @clock: what tells when the next one speaks
 * @user_id: (nullable): the demo user's own `user_id`, for the `@`; %NULL: %WT_DEMO_USER_ID
 * @user_name: (nullable): the demo user's name; %NULL: %WT_DEMO_USER_NAME
 *
 * Returns: (transfer full): a cast for wt_api_server_add_bot()
 */
WtDemoCast *
wt_demo_cast_new (WtClock *clock, const char *user_id, const char *user_name)
{
  WtDemoCast *self = g_object_new (WT_TYPE_DEMO_CAST, NULL);

  self->clock = g_object_ref (clock);
  self->user_id = g_strdup (user_id != NULL ? user_id : WT_DEMO_USER_ID);
  self->user_name = g_strdup (user_name != NULL ? user_name : WT_DEMO_USER_NAME);
  return self;
}
