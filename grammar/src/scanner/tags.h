#ifndef PMTA_SCANNER_TAGS_H_
#define PMTA_SCANNER_TAGS_H_

// Tags: what kind of tag stands ahead, and the tokens inside one.

#include "sections.h"

static inline bool is_entity_tag(const Scanner *scanner) { return has_flag(scanner, ENTITY_TAGS); }

// Reads the name of a tag. With `marking` the token ends behind the name. True if
// the name was followed by "/" of "/>" and the lexer stands at ">".
static bool read_tag_name(TSLexer *lexer, Name *name, bool entities, bool marking) {
  for (;;) {
    int32_t c = lexer->lookahead;
    if (is_blank(c) || c == '>' || c == '<' || c == '"' || c == '=' || c == ',' || at_line_rest(lexer)) break;
    if (entities && c == '&') break;
    if (c == '/') {
      if (marking) mark(lexer);
      advance(lexer);
      if (lexer->lookahead == '>') return true;
    } else {
      advance(lexer);
    }
    push_char(name, c);
  }
  if (marking) mark(lexer);
  return false;
}

enum Ahead { NO_TAG, OPENING_TAG, CLOSING_TAG, XML_COMMENT_START };

typedef struct {
  uint8_t ahead;
  uint8_t kind; // TagKind of an opening tag
  bool closed;  // ">" stands on the line
  bool has_argument;
  bool marked; // the token ends behind "<" or "</"
  Name name;
} Tag;

// Reads on to the ">" of an opening tag, and learns whether the tag closes itself.
// `slash` tells that the name was followed by "/>".
static void read_tag_rest(TSLexer *lexer, Tag *tag, bool entities, bool slash) {
  tag->kind = START_TAG;
  int32_t previous = 0;        // last character, or 0 behind the name
  int32_t before_previous = 0;
  bool path = false;           // the piece holds a separator of directories
  bool in_quotes = false;
  bool closed_in_quotes = false;
  if (slash) previous = '/';
  for (;;) {
    int32_t c = lexer->lookahead;
    if (at_end_of_line(lexer)) break;
    if (in_quotes) {
      if (c == '\\') {
        advance(lexer);
        if (at_end_of_line(lexer)) break;
      } else if (c == '"') {
        in_quotes = false;
      } else if (c == '>') {
        closed_in_quotes = true;
      } else if (c == '#' && !closed_in_quotes) {
        // Cuts the tag if the quote turns out to have no partner.
        advance(lexer);
        while (lexer->lookahead != '"' && !at_end_of_line(lexer)) advance(lexer);
        continue;
      }
    } else if (c == '#') {
      return;
    } else if (c == '>') {
      tag->closed = true;
      if (previous == '/') {
        bool stands_alone = before_previous == 0 || is_blank(before_previous) || before_previous == '"';
        if (stands_alone || !path) tag->kind = EMPTY_TAG;
      }
      advance(lexer);
      return;
    } else if (entities && c == '&') {
      advance(lexer);
      if (advance_text(lexer, "gt;")) {
        tag->closed = true;
        return;
      }
      tag->has_argument = true;
      previous = '&';
      before_previous = 0;
      continue;
    } else if (c == '"') {
      in_quotes = true;
    } else if (c == '<' && is_blank(previous)) {
      advance(lexer);
      if (lexer->lookahead == '/' || lexer->lookahead == '!' || is_letter(lexer->lookahead)) return;
      tag->has_argument = true;
      before_previous = previous;
      previous = '<';
      continue;
    } else if (is_blank(c)) {
      path = false;
    }
    if ((previous == '/' || previous == '\\') && !is_blank(c)) path = true;
    if (!is_blank(c) && c != '/') tag->has_argument = true;
    before_previous = previous;
    previous = c;
    advance(lexer);
  }
  tag->closed = tag->closed || (in_quotes && closed_in_quotes);
}

// After "<name>": true if "text</name>" follows on the line.
static bool read_element_rest(TSLexer *lexer, const Name *name) {
  while (lexer->lookahead != '<') {
    if (at_line_rest(lexer)) return false;
    advance(lexer);
  }
  advance(lexer);
  if (lexer->lookahead != '/') return false;
  advance(lexer);
  Name end = {0, {0}};
  read_tag_name(lexer, &end, false, false);
  advance_blanks(lexer);
  return lexer->lookahead == '>' && same_name(name, &end);
}

// Reads the tag ahead, from behind its "<". A tag inside a line (`strict`) has
// letters for a name and, when it opens something, its ">" on the line.
// With `marking` the token ends behind "<" or "</".
static void read_tag(const Scanner *scanner, TSLexer *lexer, Tag *tag, bool entities, bool strict, bool marking) {
  tag->ahead = NO_TAG;
  tag->marked = marking;
  tag->kind = START_TAG;
  tag->closed = false;
  tag->has_argument = false;
  tag->name.length = 0;
  if (marking) mark(lexer);
  if (lexer->lookahead == '!') {
    advance(lexer);
    if (advance_text(lexer, "--")) tag->ahead = XML_COMMENT_START;
    return;
  }
  if (lexer->lookahead == '/') {
    advance(lexer);
    if (!strict && end_closes_innermost_only(scanner, lexer->lookahead)) tag->marked = true;
    if (tag->marked) mark(lexer);
    if (strict && !is_letter(lexer->lookahead)) return;
    advance_blanks(lexer);
    read_tag_name(lexer, &tag->name, entities, false);
    int32_t c = lexer->lookahead;
    if (strict && !is_blank(c) && c != '>' && c != '&' && !at_line_rest(lexer)) return;
    tag->ahead = CLOSING_TAG;
    return;
  }
  if (!is_letter(lexer->lookahead) && (strict || !is_non_ascii(lexer->lookahead) || is_blank(lexer->lookahead))) return;
  bool slash = read_tag_name(lexer, &tag->name, entities, false);
  for (unsigned i = 0; i < tag->name.length; i++) {
    char c = tag->name.text[i];
    if (c == '@') return;
    if (strict && !is_key_char(c) && c != '.') return;
  }
  int32_t c = lexer->lookahead;
  if (strict && !slash && !is_blank(c) && c != '>' && c != '&') return;
  read_tag_rest(lexer, tag, entities, slash);
  if (strict && !tag->closed) return;
  tag->ahead = OPENING_TAG;
  if (tag->kind == START_TAG && tag->closed && !tag->has_argument && !entities && !is_known(find_section(&tag->name)) &&
      read_element_rest(lexer, &tag->name)) {
    tag->kind = ELEMENT_TAG;
  }
}

// How many sections end before the tag.
static unsigned sections_closed_by_tag(const Scanner *scanner, const Tag *tag) {
  if (tag->ahead == CLOSING_TAG) {
    int closed = section_closed_by_end(scanner, &tag->name);
    return closed < 0 ? 0 : scanner->depth - 1 - (unsigned)closed;
  }
  if (tag->ahead != OPENING_TAG || tag->kind != START_TAG) return 0;
  Opening opening = {find_section(&tag->name), &tag->name, !tag->has_argument || has_flag(scanner, AFTER_VALUE)};
  return sections_closed_by(scanner, &opening);
}

// The bracket token of the tag, which opens or closes its section.
static enum Token enter_tag(Scanner *scanner, const Tag *tag) {
  scanner->mode = AT_TAG_NAME;
  clear_flag(scanner, AFTER_VALUE | IS_CHECKED);
  if (tag->ahead == CLOSING_TAG) {
    scanner->tag = END_TAG;
    int closed = section_closed_by_end(scanner, &tag->name);
    if (closed < 0) return STRAY_END_BRACKET;
    scanner->depth = (uint8_t)closed;
    return END_BRACKET;
  }
  scanner->tag = tag->kind;
  if (tag->kind == EMPTY_TAG) return EMPTY_BRACKET;
  if (tag->kind == ELEMENT_TAG) return ELEMENT_BRACKET;
  push_section(scanner, TAG_SECTION, find_section(&tag->name), &tag->name);
  return SECTION_BRACKET;
}

#endif
