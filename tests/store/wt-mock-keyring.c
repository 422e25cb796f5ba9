/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-mock-keyring.h"

#define SERVICE_NAME "org.freedesktop.secrets"
#define SERVICE_PATH "/org/freedesktop/secrets"
#define COLLECTION_PATH SERVICE_PATH "/collection/test"
#define ALIAS_PATH SERVICE_PATH "/aliases/default"
#define SESSION_PATH SERVICE_PATH "/session/1"

typedef struct
{
  char *path;
  guint registration;
  char *label;
  GVariant *attributes;
  GBytes *value;
} Item;

struct _WtMockKeyring
{
  GDBusConnection *connection;
  GDBusNodeInfo *info;
  GPtrArray *items;
  gboolean locked;
  guint serial;
};

static const char interfaces[]
    = "<node>"
      "<interface name='org.freedesktop.Secret.Service'>"
      "<method name='OpenSession'><arg type='s' direction='in'/><arg type='v' direction='in'/>"
      "<arg type='v' direction='out'/><arg type='o' direction='out'/></method>"
      "<method name='SearchItems'><arg type='a{ss}' direction='in'/>"
      "<arg type='ao' direction='out'/><arg type='ao' direction='out'/></method>"
      "<method name='Unlock'><arg type='ao' direction='in'/><arg type='ao' direction='out'/>"
      "<arg type='o' direction='out'/></method>"
      "<method name='GetSecrets'><arg type='ao' direction='in'/><arg type='o' direction='in'/>"
      "<arg type='a{o(oayays)}' direction='out'/></method>"
      "<method name='ReadAlias'><arg type='s' direction='in'/><arg type='o' direction='out'/>"
      "</method>"
      "<property name='Collections' type='ao' access='read'/>"
      "</interface>"
      "<interface name='org.freedesktop.Secret.Collection'>"
      "<method name='CreateItem'><arg type='a{sv}' direction='in'/>"
      "<arg type='(oayays)' direction='in'/><arg type='b' direction='in'/>"
      "<arg type='o' direction='out'/><arg type='o' direction='out'/></method>"
      "<property name='Items' type='ao' access='read'/>"
      "<property name='Label' type='s' access='read'/>"
      "<property name='Locked' type='b' access='read'/>"
      "<property name='Created' type='t' access='read'/>"
      "<property name='Modified' type='t' access='read'/>"
      "</interface>"
      "<interface name='org.freedesktop.Secret.Item'>"
      "<method name='Delete'><arg type='o' direction='out'/></method>"
      "<method name='GetSecret'><arg type='o' direction='in'/>"
      "<arg type='(oayays)' direction='out'/></method>"
      "<property name='Locked' type='b' access='read'/>"
      "<property name='Attributes' type='a{ss}' access='read'/>"
      "<property name='Label' type='s' access='read'/>"
      "<property name='Created' type='t' access='read'/>"
      "<property name='Modified' type='t' access='read'/>"
      "</interface>"
      "</node>";

static void
item_free (gpointer data)
{
  Item *item = data;

  g_free (item->path);
  g_free (item->label);
  g_clear_pointer (&item->attributes, g_variant_unref);
  g_clear_pointer (&item->value, g_bytes_unref);
  g_free (item);
}

static Item *
find_item (WtMockKeyring *self, const char *path)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = g_ptr_array_index (self->items, i);

      if (g_str_equal (item->path, path))
        return item;
    }

  return NULL;
}

static gboolean
matches (const Item *item, GVariant *wanted)
{
  GVariantIter iter;
  const char *name = NULL;
  const char *value = NULL;
  gboolean all = TRUE;

  g_variant_iter_init (&iter, wanted);
  while (g_variant_iter_next (&iter, "{&s&s}", &name, &value))
    {
      const char *found = NULL;

      if (!g_variant_lookup (item->attributes, name, "&s", &found) || !g_str_equal (found, value))
        all = FALSE;
    }

  return all;
}

static GVariant *
build_secret (const Item *item)
{
  gsize length = 0;
  gconstpointer bytes = g_bytes_get_data (item->value, &length);

  return g_variant_new (
      "(o@ay@ays)", SESSION_PATH, g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, NULL, 0, 1),
      g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, bytes, length, 1), "text/plain");
}

static void
search_items (WtMockKeyring *self, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  g_autoptr (GVariant) wanted = g_variant_get_child_value (parameters, 0);
  GVariantBuilder found;
  GVariantBuilder none;

  g_variant_builder_init (&found, G_VARIANT_TYPE ("ao"));
  g_variant_builder_init (&none, G_VARIANT_TYPE ("ao"));
  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = g_ptr_array_index (self->items, i);

      if (matches (item, wanted))
        g_variant_builder_add (&found, "o", item->path);
    }
  g_dbus_method_invocation_return_value (invocation, self->locked
                                                         ? g_variant_new ("(aoao)", &none, &found)
                                                         : g_variant_new ("(aoao)", &found, &none));
}

static void
get_secrets (WtMockKeyring *self, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  g_autoptr (GVariantIter) iter = NULL;
  GVariantBuilder secrets;
  const char *path = NULL;

  g_variant_get (parameters, "(aoo)", &iter, NULL);
  g_variant_builder_init (&secrets, G_VARIANT_TYPE ("a{o(oayays)}"));
  while (g_variant_iter_next (iter, "&o", &path))
    {
      Item *item = find_item (self, path);

      if (item != NULL && !self->locked)
        g_variant_builder_add (&secrets, "{o@(oayays)}", path, build_secret (item));
    }
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(a{o(oayays)})", &secrets));
}

static void
unlock (WtMockKeyring *self, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  g_autoptr (GVariant) paths = g_variant_get_child_value (parameters, 0);

  g_dbus_method_invocation_return_value (invocation, self->locked
                                                         ? g_variant_new ("(aoo)", NULL, "/")
                                                         : g_variant_new ("(@aoo)", paths, "/"));
}

static void
call_service (WtMockKeyring *self,
              const char *method,
              GVariant *parameters,
              GDBusMethodInvocation *invocation)
{
  const char *algorithm = NULL;

  if (g_str_equal (method, "OpenSession"))
    {
      g_variant_get (parameters, "(&sv)", &algorithm, NULL);
      if (g_str_equal (algorithm, "plain"))
        g_dbus_method_invocation_return_value (
            invocation, g_variant_new ("(vo)", g_variant_new_string (""), SESSION_PATH));
      else
        g_dbus_method_invocation_return_dbus_error (
            invocation, "org.freedesktop.DBus.Error.NotSupported", "Only plain");
    }
  else if (g_str_equal (method, "SearchItems"))
    search_items (self, parameters, invocation);
  else if (g_str_equal (method, "GetSecrets"))
    get_secrets (self, parameters, invocation);
  else if (g_str_equal (method, "ReadAlias"))
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", COLLECTION_PATH));
  else
    unlock (self, parameters, invocation);
}

static void call (GDBusConnection *connection,
                  const char *sender,
                  const char *path,
                  const char *interface,
                  const char *method,
                  GVariant *parameters,
                  GDBusMethodInvocation *invocation,
                  gpointer data);
static GVariant *get (GDBusConnection *connection,
                      const char *sender,
                      const char *path,
                      const char *interface,
                      const char *property,
                      GError **error,
                      gpointer data);

static const GDBusInterfaceVTable vtable = { .method_call = call, .get_property = get };

static guint
register_object (WtMockKeyring *self, const char *path, const char *interface)
{
  g_autoptr (GError) error = NULL;
  guint id = g_dbus_connection_register_object (
      self->connection, path, g_dbus_node_info_lookup_interface (self->info, interface), &vtable,
      self, NULL, &error);

  g_assert_no_error (error);
  return id;
}

static Item *
find_twin (WtMockKeyring *self, GVariant *attributes)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = g_ptr_array_index (self->items, i);

      if (matches (item, attributes))
        return item;
    }

  return NULL;
}

static void
create_item (WtMockKeyring *self, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  g_autoptr (GVariant) properties = g_variant_get_child_value (parameters, 0);
  g_autoptr (GVariant) secret = g_variant_get_child_value (parameters, 1);
  g_autoptr (GVariant) value = g_variant_get_child_value (secret, 2);
  g_autoptr (GVariant) attributes = g_variant_lookup_value (
      properties, "org.freedesktop.Secret.Item.Attributes", G_VARIANT_TYPE ("a{ss}"));
  Item *item = NULL;

  if (self->locked)
    {
      g_dbus_method_invocation_return_dbus_error (
          invocation, "org.freedesktop.Secret.Error.IsLocked", "Locked");
      return;
    }

  item = find_twin (self, attributes);
  if (item == NULL)
    {
      item = g_new0 (Item, 1);
      item->path = g_strdup_printf (COLLECTION_PATH "/%u", ++self->serial);
      item->attributes = g_variant_ref (attributes);
      item->registration = register_object (self, item->path, "org.freedesktop.Secret.Item");
      g_ptr_array_add (self->items, item);
    }
  g_clear_pointer (&item->label, g_free);
  g_variant_lookup (properties, "org.freedesktop.Secret.Item.Label", "s", &item->label);
  g_clear_pointer (&item->value, g_bytes_unref);
  item->value = g_variant_get_data_as_bytes (value);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(oo)", item->path, "/"));
}

static void
call (GDBusConnection *connection,
      const char *sender,
      const char *path,
      const char *interface,
      const char *method,
      GVariant *parameters,
      GDBusMethodInvocation *invocation,
      gpointer data)
{
  WtMockKeyring *self = data;

  if (g_str_equal (interface, "org.freedesktop.Secret.Service"))
    call_service (self, method, parameters, invocation);
  else if (g_str_equal (method, "CreateItem"))
    create_item (self, parameters, invocation);
  else if (g_str_equal (method, "Delete"))
    {
      Item *item = find_item (self, path);

      g_dbus_connection_unregister_object (connection, item->registration);
      g_ptr_array_remove (self->items, item);
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", "/"));
    }
  else
    g_dbus_method_invocation_return_value (
        invocation, g_variant_new ("(@(oayays))", build_secret (find_item (self, path))));
}

static GVariant *
get (GDBusConnection *connection,
     const char *sender,
     const char *path,
     const char *interface,
     const char *property,
     GError **error,
     gpointer data)
{
  WtMockKeyring *self = data;
  Item *item = find_item (self, path);

  if (g_str_equal (property, "Collections"))
    {
      const char *const paths[] = { COLLECTION_PATH, NULL };

      return g_variant_new_objv (paths, -1);
    }
  if (g_str_equal (property, "Items"))
    return g_variant_new_objv (NULL, 0);
  if (g_str_equal (property, "Locked"))
    return g_variant_new_boolean (self->locked);
  if (g_str_equal (property, "Attributes"))
    return g_variant_ref (item->attributes);
  if (g_str_equal (property, "Label"))
    return g_variant_new_string (item != NULL ? item->label : "Test");

  return g_variant_new_uint64 (1);
}

static void
request_name (WtMockKeyring *self, const char *method, GVariant *parameters)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      self->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
      method, parameters, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (reply);
}

WtMockKeyring *
wt_mock_keyring_new (const char *address)
{
  WtMockKeyring *self = g_new0 (WtMockKeyring, 1);
  g_autoptr (GError) error = NULL;

  self->items = g_ptr_array_new_with_free_func (item_free);
  self->info = g_dbus_node_info_new_for_xml (interfaces, &error);
  g_assert_no_error (error);
  self->connection = g_dbus_connection_new_for_address_sync (
      address,
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &error);
  g_assert_no_error (error);

  register_object (self, SERVICE_PATH, "org.freedesktop.Secret.Service");
  register_object (self, COLLECTION_PATH, "org.freedesktop.Secret.Collection");
  register_object (self, ALIAS_PATH, "org.freedesktop.Secret.Collection");
  request_name (self, "RequestName", g_variant_new ("(su)", SERVICE_NAME, 0));

  return self;
}

void
wt_mock_keyring_free (WtMockKeyring *self)
{
  request_name (self, "ReleaseName", g_variant_new ("(s)", SERVICE_NAME));
  g_dbus_connection_close_sync (self->connection, NULL, NULL);
  g_clear_object (&self->connection);
  g_clear_pointer (&self->info, g_dbus_node_info_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_free (self);
}

void
wt_mock_keyring_set_locked (WtMockKeyring *self, gboolean locked)
{
  self->locked = locked;
}

guint
wt_mock_keyring_count (WtMockKeyring *self)
{
  return self->items->len;
}

/* Label and attributes of the first item. */
char *
wt_mock_keyring_describe (WtMockKeyring *self)
{
  Item *item = g_ptr_array_index (self->items, 0);
  const char *name = NULL;
  const char *profile = NULL;
  const char *schema = NULL;

  g_variant_lookup (item->attributes, "name", "&s", &name);
  g_variant_lookup (item->attributes, "profile", "&s", &profile);
  g_variant_lookup (item->attributes, "xdg:schema", "&s", &schema);
  return g_strdup_printf ("%s|%s|%s|%s", item->label, schema, name, profile);
}
