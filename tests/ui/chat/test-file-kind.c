/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

#include "wt-file-kind.h"

static const struct
{
  const char *name;
  const char *mime_type;
  WtFileRisk risk;
} risks[] = {
  { "report.pdf", "application/pdf", WT_FILE_RISK_NONE },
  { "picture.png", "image/png", WT_FILE_RISK_NONE },
  { "notes.txt", "text/plain", WT_FILE_RISK_NONE },
  { "letter.docx", "application/zip", WT_FILE_RISK_NONE },
  { "things.zip", "application/zip", WT_FILE_RISK_NONE },
  { NULL, NULL, WT_FILE_RISK_NONE },
  { "exe", "text/plain", WT_FILE_RISK_NONE },
  { "sh", "text/plain", WT_FILE_RISK_NONE },
  /* By what they are. */
  { "picture.png", "application/x-executable", WT_FILE_RISK_NEVER },
  { "picture.png", "application/vnd.microsoft.portable-executable", WT_FILE_RISK_NEVER },
  { "picture.png", "application/x-desktop", WT_FILE_RISK_NEVER },
  { "picture.png", "application/x-shellscript", WT_FILE_RISK_WARN },
  { "letter.pdf", "text/html", WT_FILE_RISK_WARN },
  /* By what they call themselves. */
  { "setup.exe", "text/plain", WT_FILE_RISK_NEVER },
  { "SETUP.EXE", "application/octet-stream", WT_FILE_RISK_NEVER },
  { "report.pdf.exe", "application/pdf", WT_FILE_RISK_NEVER },
  { "report.pdf \u202e.exe", "application/pdf", WT_FILE_RISK_NEVER },
  { "setup.exe.", "text/plain", WT_FILE_RISK_NEVER },
  { "setup.exe ", "text/plain", WT_FILE_RISK_NEVER },
  { "../../setup.exe", "text/plain", WT_FILE_RISK_NEVER },
  { "x.desktop", "text/plain", WT_FILE_RISK_NEVER },
  { "Tool.AppImage", "application/x-executable", WT_FILE_RISK_NEVER },
  { "a.jar", "application/zip", WT_FILE_RISK_NEVER },
  { "a.bat", "text/plain", WT_FILE_RISK_NEVER },
  { "a.lnk", "application/octet-stream", WT_FILE_RISK_NEVER },
  { "a.msi", "application/x-ole-storage", WT_FILE_RISK_NEVER },
  { "a.sh", "text/plain", WT_FILE_RISK_WARN },
  { "a.py", "text/plain", WT_FILE_RISK_WARN },
  { "a.js", "text/plain", WT_FILE_RISK_WARN },
  { "a.vbs", "text/plain", WT_FILE_RISK_WARN },
  { "a.docm", "application/zip", WT_FILE_RISK_WARN },
  { "a.xlsm", "application/zip", WT_FILE_RISK_WARN },
  { "a.html", "text/html", WT_FILE_RISK_WARN },
  { "a.deb", "application/octet-stream", WT_FILE_RISK_WARN },
  { "a.flatpakref", "text/plain", WT_FILE_RISK_WARN },
  /* The worse of both. */
  { "a.sh", "application/x-executable", WT_FILE_RISK_NEVER },
  { "a.desktop", "application/x-shellscript", WT_FILE_RISK_NEVER },
  /* No word of the table's own. */
  { "a. exe sh ", "text/plain", WT_FILE_RISK_NONE },
};

static void
test_risk (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (risks); i++)
    {
      const char *words;

      g_test_message ("%s, %s", risks[i].name, risks[i].mime_type);
      g_assert_cmpint (wt_file_kind_get_risk (risks[i].name, risks[i].mime_type, &words), ==,
                       risks[i].risk);
      g_assert_true ((words != NULL) == (risks[i].risk != WT_FILE_RISK_NONE));
    }
}

static const struct
{
  const char *name;
  const char *mime_type;
  const char *expected;
} names[] = {
  { "report.pdf", "application/pdf", "report.pdf" },
  { "picture.jpeg", "image/jpeg", "picture.jpeg" },
  { "letter.docx", "application/zip", "letter.docx" },
  { "table.csv", "text/plain", "table.csv" },
  { NULL, "image/png", "file.png" },
  { "picture", "image/png", "picture.png" },
  { "picture.exe", "image/png", "picture.exe.png" },
  { "picture.jpg", "image/png", "picture.jpg.png" },
  { "film.ogg", "video/ogg", "film.ogg" },
  { "sound.xyzzy", "audio/x-wav", "sound.xyzzy.wav" },
  { "../../x/y.pdf", "application/pdf", "y.pdf" },
  { "\u202efdp.exe", "application/pdf", "fdp.exe.pdf" },
  { ".bashrc", "text/plain", "bashrc.txt" },
  { "CON", "text/plain", "_CON.txt" },
  { "data.xyzzy", "application/octet-stream", "data.xyzzy" },
  { NULL, NULL, "file" },
};

static void
test_name (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = wt_file_kind_make_name (names[i].name, names[i].mime_type);

      g_assert_cmpstr (name, ==, names[i].expected);
    }
}

static void
test_type (void)
{
  g_autofree char *exact = wt_file_kind_guess_type ("a.png", "image/jpeg");
  g_autofree char *letter = wt_file_kind_guess_type ("a.docx", "application/zip");
  g_autofree char *none = wt_file_kind_guess_type (NULL, NULL);

  g_assert_cmpstr (exact, ==, "image/jpeg");
  g_assert_cmpstr (letter, !=, "application/zip");
  g_assert_cmpstr (none, ==, "application/octet-stream");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/file-kind/risk", test_risk);
  g_test_add_func ("/file-kind/name", test_name);
  g_test_add_func ("/file-kind/type", test_type);
  return g_test_run ();
}
