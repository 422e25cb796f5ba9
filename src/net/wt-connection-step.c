/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-connection-step.h"

struct _WtConnectionStep
{
  GObject parent_instance;

  WtConnectionState state;
  WtStepOutcome outcome;
  gint64 span;
};

G_DEFINE_FINAL_TYPE (WtConnectionStep, wt_connection_step, G_TYPE_OBJECT)

typedef enum
{
  PROP_OUTCOME = 1,
} WtConnectionStepProperty;

static GParamSpec *properties[PROP_OUTCOME + 1];

static void
wt_connection_step_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((WtConnectionStepProperty) id)
    {
    case PROP_OUTCOME:
      g_value_set_int (value, (int) WT_CONNECTION_STEP (object)->outcome);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_connection_step_class_init (WtConnectionStepClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wt_connection_step_get_property;

  properties[PROP_OUTCOME] = g_param_spec_int (
      "outcome", NULL, NULL, WT_STEP_PENDING, WT_STEP_SKIPPED, WT_STEP_PENDING,
      G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
wt_connection_step_init (WtConnectionStep *self)
{
}

/**
 * wt_connection_step_new:
 * @state: the connection's state in which it goes on
 *
 * Returns: (transfer full): a step that is not reached
 */
WtConnectionStep *
wt_connection_step_new (WtConnectionState state)
{
  WtConnectionStep *self = g_object_new (WT_TYPE_CONNECTION_STEP, NULL);

  self->state = state;
  return self;
}

/**
 * wt_connection_step_get_state:
 * @self: a step
 *
 * Returns: the connection's state in which it goes on: from %WT_CONNECTION_RESOLVING to %WT_CONNECTION_CONFIRMING (the
 *   key), and %WT_CONNECTION_ONLINE for the round trip
 */
WtConnectionState
wt_connection_step_get_state (WtConnectionStep *self)
{
  g_return_val_if_fail (WT_IS_CONNECTION_STEP (self), WT_CONNECTION_OFFLINE);

  return self->state;
}

/**
 * wt_connection_step_get_outcome:
 * @self: a step
 *
 * Returns: what became of it
 */
WtStepOutcome
wt_connection_step_get_outcome (WtConnectionStep *self)
{
  g_return_val_if_fail (WT_IS_CONNECTION_STEP (self), WT_STEP_PENDING);

  return self->outcome;
}

/**
 * wt_connection_step_get_span:
 * @self: a step
 *
 * Returns: how long it took, in microseconds; 0 where it was not done
 */
gint64
wt_connection_step_get_span (WtConnectionStep *self)
{
  g_return_val_if_fail (WT_IS_CONNECTION_STEP (self), 0);

  return self->span;
}

/**
 * wt_connection_step_set:
 * @self: a step
 * @outcome: what became of it
 * @span: how long it took, in microseconds
 *
 * For the check that it belongs to.
 */
void
wt_connection_step_set (WtConnectionStep *self, WtStepOutcome outcome, gint64 span)
{
  g_return_if_fail (WT_IS_CONNECTION_STEP (self));

  self->span = span;
  if (self->outcome == outcome)
    return;
  self->outcome = outcome;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OUTCOME]);
}
