/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-conversation-menu.h"

#include <glib/gi18n-lib.h>

static void
append (GMenu *menu, const char *label, const char *action, GVariant *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}

static void
append_level (GMenu *menu, const WtConversationRecord *record, const char *label, WtLevel level)
{
  if (record->level != level)
    append (menu, label, "win.set-level", g_variant_new ("(xi)", record->id, level));
}

/* In a chat of two every message is meant for the user: there are no mentions to tell from the rest. */
static void
append_levels (GMenu *menu, const WtConversationRecord *record)
{
  append_level (menu, record,
                record->level == WT_LEVEL_NONE ? _ ("Un_mute") : _ ("Notify of All _Messages"),
                WT_LEVEL_ALL);
  if (record->kind == WT_CONVERSATION_GROUP)
    append_level (menu, record, _ ("Notify of Mentions _Only"), WT_LEVEL_MENTIONS);
  append_level (menu, record, _ ("_Mute"), WT_LEVEL_NONE);
}

/**
 * wt_conversation_menu_new:
 * @conversation: a conversation
 *
 * Returns: (transfer full): what can be done with it; each item's target names it, so the menu outlives nothing
 */
GMenuModel *
wt_conversation_menu_new (WtConversation *conversation)
{
  g_return_val_if_fail (WT_IS_CONVERSATION (conversation), NULL);

  const WtConversationRecord *record = wt_conversation_get_record (conversation);
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) state = g_menu_new ();
  g_autoptr (GMenu) about = g_menu_new ();
  g_autoptr (GMenu) removal = g_menu_new ();

  if (record->unread > 0)
    append (state, _ ("Mark as _Read"), "win.mark-read", g_variant_new_int64 (record->id));
  append (state, record->pinned ? _ ("Un_pin") : _ ("_Pin to Top"), "win.set-pinned",
          g_variant_new ("(xb)", record->id, !record->pinned));
  append_levels (state, record);
  append (state, record->archived ? _ ("Un_archive") : _ ("_Archive"), "win.set-archived",
          g_variant_new ("(xb)", record->id, !record->archived));
  append (about, _ ("_Details"), "win.show-details", g_variant_new_int64 (record->id));
  append (removal, _ ("_Delete Here…"), "win.delete-conversation",
          g_variant_new_int64 (record->id));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (state));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (about));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (removal));
  return G_MENU_MODEL (g_steal_pointer (&menu));
}
