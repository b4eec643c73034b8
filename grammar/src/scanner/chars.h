#ifndef PMTA_SCANNER_CHARS_H_
#define PMTA_SCANNER_CHARS_H_

// Characters, and steps over them. A bad UTF-8 sequence comes as -1, a NUL byte as
// 0: only `eof` tells the latter from the end of the text.

#include "state.h"

static inline bool is_blank(int32_t c) {
  if (c < 0x80) return c == ' ' || c == '\t' || c == 0x0b || c == 0x0c;
  // No-break spaces, zero-width space and byte-order mark.
  return c == 0xa0 || c == 0x2007 || c == 0x202f || c == 0x200b || c == 0xfeff;
}

static inline bool is_newline(int32_t c) { return c == '\n' || c == '\r'; }
static inline bool is_digit(int32_t c) { return c >= '0' && c <= '9'; }
static inline bool is_letter(int32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static inline bool is_alphanumeric(int32_t c) { return is_letter(c) || is_digit(c); }
static inline bool is_hex_digit(int32_t c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
static inline bool is_key_char(int32_t c) { return is_alphanumeric(c) || c == '-' || c == '_'; }
static inline bool is_macro_char(int32_t c) { return is_alphanumeric(c) || c == '_'; }
static inline bool is_non_ascii(int32_t c) { return c > 0x7f || c < 0; }

// Hyphens and dashes that text copied from a page has in place of "-".
static inline bool is_hyphen(int32_t c) {
  return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

static inline void advance(TSLexer *lexer) { lexer->advance(lexer, false); }
static inline void skip(TSLexer *lexer) { lexer->advance(lexer, true); }
static inline void mark(TSLexer *lexer) { lexer->mark_end(lexer); }

static inline bool at_end_of_file(TSLexer *lexer) {
  return lexer->lookahead == 0 && lexer->eof(lexer);
}

static inline bool at_end_of_line(TSLexer *lexer) {
  return is_newline(lexer->lookahead) || at_end_of_file(lexer);
}

// At the end of the line or at a comment.
static inline bool at_line_rest(TSLexer *lexer) {
  return lexer->lookahead == '#' || at_end_of_line(lexer);
}

static inline void advance_blanks(TSLexer *lexer) {
  while (is_blank(lexer->lookahead)) advance(lexer);
}

static inline void advance_line(TSLexer *lexer) {
  while (!at_end_of_line(lexer)) advance(lexer);
}

static inline void advance_newline(TSLexer *lexer) {
  if (lexer->lookahead == '\r') {
    advance(lexer);
    if (lexer->lookahead == '\n') advance(lexer);
  } else if (lexer->lookahead == '\n') {
    advance(lexer);
  }
}

// Advances while the characters are those of `text`; true if all of them were there.
static inline bool advance_text(TSLexer *lexer, const char *text) {
  for (; *text != 0; text++) {
    if (lexer->lookahead != *text) return false;
    advance(lexer);
  }
  return true;
}

static inline unsigned next_column(unsigned column, int32_t blank) {
  return blank == '\t' ? (column / 8 + 1) * 8 : column + 1;
}

static inline void push_char(Name *name, int32_t c) {
  if (name->length == MAX_NAME) return;
  char byte;
  if (is_hyphen(c)) byte = '-';
  else if (c >= 'A' && c <= 'Z') byte = (char)(c - 'A' + 'a');
  else if (is_non_ascii(c)) byte = (char)(0x80 | (c & 0x7f));
  else byte = (char)c;
  name->text[name->length++] = byte;
}

static inline bool same_name(const Name *a, const Name *b) {
  return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
}

static inline bool name_is(const Name *name, const char *text) {
  size_t length = strlen(text);
  return name->length == length && memcmp(name->text, text, length) == 0;
}

#endif
