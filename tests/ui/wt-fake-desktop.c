/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-fake-desktop.h"

#define NOTIFICATIONS "org.freedesktop.Notifications"
#define FILE_MANAGER "org.freedesktop.FileManager1"
#define PORTAL "org.freedesktop.portal.Desktop"

static const char xml[]
    = "<node>"
      "<interface name='org.freedesktop.Notifications'>"
      "<method name='GetCapabilities'><arg type='as' direction='out'/></method>"
      "<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/>"
      "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>"
      "<arg type='as' direction='in'/><arg type='a{sv}' direction='in'/>"
      "<arg type='i' direction='in'/><arg type='u' direction='out'/></method>"
      "<method name='CloseNotification'><arg type='u' direction='in'/></method>"
      "</interface>"
      "<interface name='org.freedesktop.portal.Notification'>"
      "<method name='AddNotification'><arg type='s' direction='in'/>"
      "<arg type='a{sv}' direction='in'/></method>"
      "<method name='RemoveNotification'><arg type='s' direction='in'/></method>"
      "<property name='version' type='u' access='read'/>"
      "</interface>"
      "<interface name='org.freedesktop.portal.Background'>"
      "<method name='RequestBackground'><arg type='s' direction='in'/>"
      "<arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>"
      "<method name='SetStatus'><arg type='a{sv}' direction='in'/></method>"
      "</interface>"
      "<interface name='org.freedesktop.portal.OpenURI'>"
      "<method name='OpenDirectory'><arg type='s' direction='in'/><arg type='h' direction='in'/>"
      "<arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>"
      "</interface>"
      "<interface name='org.freedesktop.FileManager1'>"
      "<method name='ShowItems'><arg type='as' direction='in'/><arg type='s' direction='in'/>"
      "</method>"
      "</interface>"
      "</node>";

static void
answer_request (WtFakeDesktop *self, GDBusMethodInvocation *invocation, GVariant *options)
{
  const char *sender = g_dbus_method_invocation_get_sender (invocation);
  g_autofree char *name = g_strdelimit (g_strdup (sender + 1), ".", '_');
  const char *token = NULL;
  g_autofree char *path = NULL;
  gboolean autostart = FALSE;
  GVariantDict results;

  g_assert_true (g_variant_lookup (options, "handle_token", "&s", &token));
  g_variant_lookup (options, "autostart", "b", &autostart);
  path = g_strdup_printf ("/org/freedesktop/portal/desktop/request/%s/%s", name, token);
  g_variant_dict_init (&results, NULL);
  g_variant_dict_insert (&results, "background", "b", !self->refuse);
  g_variant_dict_insert (&results, "autostart", "b", !self->refuse && autostart);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", path));
  g_dbus_connection_emit_signal (
      self->bus, sender, path, "org.freedesktop.portal.Request", "Response",
      g_variant_new ("(u@a{sv})", self->refuse ? 1 : 0, g_variant_dict_end (&results)), NULL);
}

static void
on_call (GDBusConnection *bus,
         const char *sender,
         const char *path,
         const char *interface,
         const char *method,
         GVariant *parameters,
         GDBusMethodInvocation *invocation,
         gpointer data)
{
  WtFakeDesktop *self = data;
  g_autofree char *arguments = g_variant_print (parameters, FALSE);

  g_ptr_array_add (self->calls, g_strconcat (method, " ", arguments, NULL));
  if (g_str_equal (method, "GetCapabilities"))
    {
      const char *const names[] = { "actions", "body", "body-markup", NULL };

      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(^as)", names));
    }
  else if (g_str_equal (method, "Notify"))
    {
      guint id;

      g_variant_get_child (parameters, 1, "u", &id);
      g_dbus_method_invocation_return_value (invocation,
                                             g_variant_new ("(u)", id != 0 ? id : ++self->last_id));
    }
  else if (g_str_equal (method, "RequestBackground"))
    {
      g_autoptr (GVariant) options = g_variant_get_child_value (parameters, 1);

      answer_request (self, invocation, options);
    }
  else if (g_str_equal (method, "OpenDirectory"))
    g_dbus_method_invocation_return_value (
        invocation, g_variant_new ("(o)", "/org/freedesktop/portal/desktop/request/x/y"));
  else
    g_dbus_method_invocation_return_value (invocation, NULL);
}

static GVariant *
on_get_property (GDBusConnection *bus,
                 const char *sender,
                 const char *path,
                 const char *interface,
                 const char *property,
                 GError **error,
                 gpointer data)
{
  return g_variant_new_uint32 (1);
}

static void
export_object (WtFakeDesktop *self, GDBusNodeInfo *node, const char *path, const char *interface)
{
  static const GDBusInterfaceVTable vtable = { on_call, on_get_property, NULL, { 0 } };
  g_autoptr (GError) error = NULL;

  g_dbus_connection_register_object (self->bus, path,
                                     g_dbus_node_info_lookup_interface (node, interface), &vtable,
                                     self, NULL, &error);
  g_assert_no_error (error);
}

static void
own (WtFakeDesktop *self, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      self->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
      "RequestName", g_variant_new ("(su)", name, 4), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL,
      &error);

  g_assert_no_error (error);
}

/* Also the session bus of what is started after it. */
WtFakeDesktop *
wt_fake_desktop_new (void)
{
  WtFakeDesktop *self = g_new0 (WtFakeDesktop, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (xml, &error);

  g_assert_no_error (error);
  self->calls = g_ptr_array_new_with_free_func (g_free);
  self->daemon = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (self->daemon);
  self->bus = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (self->daemon),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &error);
  g_assert_no_error (error);
  export_object (self, node, "/org/freedesktop/Notifications", NOTIFICATIONS);
  export_object (self, node, "/org/freedesktop/portal/desktop",
                 "org.freedesktop.portal.Notification");
  export_object (self, node, "/org/freedesktop/portal/desktop",
                 "org.freedesktop.portal.Background");
  export_object (self, node, "/org/freedesktop/portal/desktop", "org.freedesktop.portal.OpenURI");
  export_object (self, node, "/org/freedesktop/FileManager1", FILE_MANAGER);
  own (self, NOTIFICATIONS);
  own (self, FILE_MANAGER);
  own (self, PORTAL);
  return self;
}

void
wt_fake_desktop_free (WtFakeDesktop *self)
{
  g_dbus_connection_close_sync (self->bus, NULL, NULL);
  g_object_unref (self->bus);
  g_test_dbus_stop (self->daemon);
  g_object_unref (self->daemon);
  g_ptr_array_unref (self->calls);
  g_free (self);
}

/* The last call with this in it, or NULL. */
const char *
wt_fake_desktop_find (WtFakeDesktop *self, const char *part)
{
  for (guint i = self->calls->len; i > 0; i--)
    if (strstr (self->calls->pdata[i - 1], part) != NULL)
      return self->calls->pdata[i - 1];
  return NULL;
}

guint
wt_fake_desktop_count (WtFakeDesktop *self, const char *part)
{
  guint count = 0;

  for (guint i = 0; i < self->calls->len; i++)
    count += strstr (self->calls->pdata[i], part) != NULL;
  return count;
}

/* As if the user had pressed a button. */
void
wt_fake_desktop_invoke (WtFakeDesktop *self, guint id, const char *action)
{
  g_dbus_connection_emit_signal (self->bus, NULL, "/org/freedesktop/Notifications", NOTIFICATIONS,
                                 "ActionInvoked", g_variant_new ("(us)", id, action), NULL);
}
