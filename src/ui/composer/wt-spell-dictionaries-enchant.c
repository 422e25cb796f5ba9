/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-spell-dictionaries.h"

#include <enchant.h>
#include <pango/pango.h>
#include <string.h>

typedef struct
{
  EnchantDict *words;
  PangoLanguage *language;
} Dictionary;

struct _WtSpellDictionaries
{
  EnchantBroker *broker;
  GArray *dictionaries; /* of Dictionary */
};

static void
on_dictionary (const char *tag,
               const char *provider,
               const char *description,
               const char *file,
               void *data)
{
  GPtrArray *tags = data;

  if (!g_ptr_array_find_with_equal_func (tags, tag, g_str_equal, NULL))
    g_ptr_array_add (tags, g_strdup (tag));
}

/* “de_AT.UTF-8” → “de_AT” */
static char *
strip_locale (const char *locale)
{
  return g_strndup (locale, strcspn (locale, ".@"));
}

static gboolean
is_same_language (const char *one, const char *other)
{
  gsize length = strcspn (one, "_-");

  return length == strcspn (other, "_-") && strncmp (one, other, length) == 0;
}

static const char *
find_tag (GPtrArray *tags, const char *wanted)
{
  guint found;

  if (g_ptr_array_find_with_equal_func (tags, wanted, g_str_equal, &found))
    return tags->pdata[found];
  for (guint i = 0; i < tags->len; i++)
    if (is_same_language (tags->pdata[i], wanted))
      return tags->pdata[i];

  return NULL;
}

static gboolean
has_language (GPtrArray *tags, const char *language)
{
  for (guint i = 0; i < tags->len; i++)
    if (is_same_language (tags->pdata[i], language))
      return TRUE;

  return FALSE;
}

/* Those of the desktop: one of each language, the most exact. Without a locale the window is English. */
static GPtrArray *
choose_by_locale (GPtrArray *tags)
{
  const char *const *names = g_get_language_names ();
  gboolean none = g_str_has_prefix (names[0], "C.") || strcmp (names[0], "C") == 0
                  || strcmp (names[0], "POSIX") == 0;
  GPtrArray *chosen = g_ptr_array_new ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *name = strip_locale (names[i]);
      const char *tag = has_language (chosen, name) ? NULL : find_tag (tags, name);

      if (tag != NULL)
        g_ptr_array_add (chosen, (gpointer) tag);
    }
  if (none && find_tag (tags, "en_US") != NULL)
    g_ptr_array_add (chosen, (gpointer) find_tag (tags, "en_US"));
  return chosen;
}

static GPtrArray *
choose (GPtrArray *tags, const char *const *languages)
{
  GPtrArray *chosen;

  if (languages == NULL || languages[0] == NULL)
    return choose_by_locale (tags);

  chosen = g_ptr_array_new ();
  for (guint i = 0; languages[i] != NULL; i++)
    {
      const char *tag = find_tag (tags, languages[i]);

      if (tag != NULL && !g_ptr_array_find (chosen, tag, NULL))
        g_ptr_array_add (chosen, (gpointer) tag);
    }
  return chosen;
}

static gboolean
fits (const Dictionary *dictionary, const char *word)
{
  GUnicodeScript script = g_unichar_get_script (g_utf8_get_char (word));

  return pango_language_includes_script (dictionary->language, (PangoScript) script);
}

gboolean
wt_spell_dictionaries_are_available (void)
{
  return TRUE;
}

/**
 * wt_spell_dictionaries_new:
 * @languages: (nullable): like “en_US”; none: those of the desktop
 *
 * Loads what there is of them, from the disk.
 *
 * Returns: (transfer full): the dictionaries, perhaps none
 */
WtSpellDictionaries *
wt_spell_dictionaries_new (const char *const *languages)
{
  WtSpellDictionaries *self = g_new0 (WtSpellDictionaries, 1);
  g_autoptr (GPtrArray) tags = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) chosen = NULL;

  self->broker = enchant_broker_init ();
  self->dictionaries = g_array_new (FALSE, FALSE, sizeof (Dictionary));
  enchant_broker_list_dicts (self->broker, on_dictionary, tags);
  chosen = choose (tags, languages);
  for (guint i = 0; i < chosen->len; i++)
    {
      Dictionary dictionary = {
        .words = enchant_broker_request_dict (self->broker, chosen->pdata[i]),
        .language = pango_language_from_string (chosen->pdata[i]),
      };

      if (dictionary.words != NULL)
        g_array_append_val (self->dictionaries, dictionary);
    }
  return self;
}

void
wt_spell_dictionaries_free (WtSpellDictionaries *self)
{
  for (guint i = 0; i < self->dictionaries->len; i++)
    enchant_broker_free_dict (self->broker,
                              g_array_index (self->dictionaries, Dictionary, i).words);

  g_clear_pointer (&self->dictionaries, g_array_unref);
  g_clear_pointer (&self->broker, enchant_broker_free);
  g_free (self);
}

/**
 * wt_spell_dictionaries_check:
 * @self: dictionaries
 * @word: one word
 *
 * Returns: whether it is in one of those that know its script; also if none does
 */
gboolean
wt_spell_dictionaries_check (WtSpellDictionaries *self, const char *word)
{
  gboolean fitting = FALSE;

  for (guint i = 0; i < self->dictionaries->len; i++)
    {
      Dictionary *dictionary = &g_array_index (self->dictionaries, Dictionary, i);

      if (!fits (dictionary, word))
        continue;
      fitting = TRUE;
      /* Positive: misspelt; negative: it could not be looked up. */
      if (enchant_dict_check (dictionary->words, word, -1) <= 0)
        return TRUE;
    }
  return !fitting;
}

/**
 * wt_spell_dictionaries_suggest:
 * @self: dictionaries
 * @word: a misspelt word
 * @most: so many at most
 *
 * Returns: (transfer full): what may be meant, the best first
 */
GStrv
wt_spell_dictionaries_suggest (WtSpellDictionaries *self, const char *word, guint most)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->dictionaries->len && found->len < most; i++)
    {
      Dictionary *dictionary = &g_array_index (self->dictionaries, Dictionary, i);
      gsize n_words = 0;
      char **words;

      if (!fits (dictionary, word))
        continue;
      words = enchant_dict_suggest (dictionary->words, word, -1, &n_words);
      for (gsize j = 0; words != NULL && j < n_words && found->len < most; j++)
        if (g_utf8_validate (words[j], -1, NULL)
            && !g_ptr_array_find_with_equal_func (found, words[j], g_str_equal, NULL))
          g_ptr_array_add (found, g_strdup (words[j]));
      if (words != NULL)
        enchant_dict_free_string_list (dictionary->words, words);
    }

  g_ptr_array_add (found, NULL);
  return (GStrv) g_ptr_array_steal (found, NULL);
}

/**
 * wt_spell_dictionaries_add:
 * @self: dictionaries
 * @word: a word that is right
 *
 * Adds it to the user's own words in the first language that knows its script, for all programs.
 */
void
wt_spell_dictionaries_add (WtSpellDictionaries *self, const char *word)
{
  for (guint i = 0; i < self->dictionaries->len; i++)
    if (fits (&g_array_index (self->dictionaries, Dictionary, i), word))
      {
        enchant_dict_add (g_array_index (self->dictionaries, Dictionary, i).words, word, -1);
        return;
      }
}

/**
 * wt_spell_dictionaries_ignore:
 * @self: dictionaries
 * @word: a word that is right
 *
 * Takes it for right until the program ends.
 */
void
wt_spell_dictionaries_ignore (WtSpellDictionaries *self, const char *word)
{
  for (guint i = 0; i < self->dictionaries->len; i++)
    enchant_dict_add_to_session (g_array_index (self->dictionaries, Dictionary, i).words, word, -1);
}
