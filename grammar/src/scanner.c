// The scanner produces every token of the grammar, so that the parser never meets
// one it does not expect. It looks ahead to the end of the line, rarely further.

#include "scanner/lines.h"

#include <stdlib.h>

// An item stands ahead, or the end of the file. The token ends, unless marked
// otherwise, where the scanner began: a section ends behind its last item, not
// before the item that ended it.
static bool scan_item(Scanner *scanner, TSLexer *lexer, enum Token *token, bool skipped);

static enum Token scan_tag_item(Scanner *scanner, TSLexer *lexer) {
  bool marking = has_flag(scanner, IS_CHECKED) || scanner->depth == 0;
  bool entities = is_entity_tag(scanner);
  if (!entities && (lexer->lookahead == '?' || lexer->lookahead == '%')) {
    bool is_php = lexer->lookahead == '?';
    advance(lexer);
    return read_template(scanner, lexer, is_php ? "?>" : "%>", is_php);
  }
  Tag tag;
  read_tag(scanner, lexer, &tag, entities, false, marking);
  if (tag.ahead == NO_TAG) return read_opaque(scanner, lexer, true);
  if (tag.ahead == XML_COMMENT_START) {
    enter_item(scanner);
    return read_xml_comment(lexer, false);
  }
  if (!tag.marked) {
    unsigned count = sections_closed_by_tag(scanner, &tag);
    bool is_full = scanner->depth == MAX_DEPTH && count == 0 && tag.ahead == OPENING_TAG && tag.kind == START_TAG;
    enum Token token = end_sections_or_go_on(scanner, count);
    if (is_full) set_flag(scanner, IS_LITERAL);
    return token;
  }
  return enter_tag(scanner, &tag);
}

static enum Token scan_closing_brace(Scanner *scanner, TSLexer *lexer) {
  advance(lexer);
  int32_t c = lexer->lookahead;
  if (!is_blank(c) && c != ';' && !at_line_rest(lexer)) return read_opaque(scanner, lexer, true);
  if (c == ';') advance(lexer);
  int block = innermost_of_kind(scanner, BRACE_SECTION);
  if (block >= 0 && block < scanner->depth - 1) return end_section(scanner, scanner->depth - 1 - (unsigned)block);
  mark(lexer);
  enter_item(scanner);
  clear_flag(scanner, INLINE_BRACE);
  if (block < 0) return STRAY_BRACE;
  scanner->depth--;
  return BRACE_CLOSE;
}

// "{" on its own or "{ … }". Whether the line is one of them is known only behind
// the place where the token ends, so there is a first look.
static enum Token scan_nameless_block(Scanner *scanner, TSLexer *lexer) {
  bool checked = has_flag(scanner, IS_CHECKED);
  if (checked) mark(lexer);
  LineRest rest;
  read_line_rest(lexer, &rest, false, is_entity_tag(scanner));
  bool inline_block = rest.closing_brace && rest.lone_braces == 1 && !rest.has_tag && !rest.unclosed_string &&
                      (rest.words == 1 || is_alphanumeric(rest.second));
  enter_item(scanner);
  if (!checked) {
    set_flag(scanner, IS_CHECKED);
    if ((rest.words > 0 && !inline_block) || scanner->depth == MAX_DEPTH) set_flag(scanner, IS_LITERAL);
    return CHECKED;
  }
  clear_flag(scanner, IS_CHECKED);
  Name none = {0, {0}};
  push_section(scanner, BRACE_SECTION, UNKNOWN_SECTION, &none);
  if (inline_block) set_flag(scanner, INLINE_BRACE);
  return OPENING_BRACE;
}

static enum Token scan_line(Scanner *scanner, TSLexer *lexer, bool line_start, unsigned column) {
  int32_t c = lexer->lookahead;
  Name name = {0, {0}};
  if (has_flag(scanner, IS_LITERAL)) {
    clear_flag(scanner, IS_CHECKED);
    return read_opaque(scanner, lexer, false);
  }
  switch (c) {
    case '#':
      enter_item(scanner);
      advance_line(lexer);
      mark(lexer);
      return COMMENT;
    case ';':
      if (!line_start) return read_opaque(scanner, lexer, false);
      enter_item(scanner);
      advance_line(lexer);
      mark(lexer);
      return SEMICOLON_COMMENT;
    case '<':
      advance(lexer);
      clear_flag(scanner, ENTITY_TAGS);
      return scan_tag_item(scanner, lexer);
    case '&':
      for (const char *text = "&lt;"; *text != 0; text++) {
        if (lexer->lookahead != *text) return read_word_line(scanner, lexer, &name, line_start, column);
        push_char(&name, *text);
        advance(lexer);
      }
      set_flag(scanner, ENTITY_TAGS);
      return scan_tag_item(scanner, lexer);
    case '}':
      return scan_closing_brace(scanner, lexer);
    case '{':
      advance(lexer);
      c = lexer->lookahead;
      if (c == '%' || c == '{') {
        advance(lexer);
        return read_template(scanner, lexer, c == '%' ? "%}" : "}}", false);
      }
      if (is_letter(c)) {
        push_char(&name, '{');
        return read_word_line(scanner, lexer, &name, line_start, column);
      }
      if (is_blank(c) || at_line_rest(lexer)) return scan_nameless_block(scanner, lexer);
      return read_opaque(scanner, lexer, true);
    case '/': {
      bool closed = read_regex(scanner, lexer);
      enter_value(scanner);
      if (closed) set_flag(scanner, AFTER_REGEX | IN_RULE);
      return closed ? RULE_REGEX : RULE_UNCLOSED_REGEX;
    }
    case '!':
      for (const char *text = "!--"; *text != 0; text++) {
        if (lexer->lookahead != *text) return read_word_line(scanner, lexer, &name, line_start, column);
        push_char(&name, *text);
        advance(lexer);
      }
      enter_item(scanner);
      return read_xml_comment(lexer, true);
    default:
      if (is_alphanumeric(c) || is_non_ascii(c) || c == '*' || c == '_' || c == '$' || c == '-') {
        return read_word_line(scanner, lexer, &name, line_start, column);
      }
      return read_opaque(scanner, lexer, false);
  }
}

static bool scan_item(Scanner *scanner, TSLexer *lexer, enum Token *token, bool skipped) {
  bool line_start = has_flag(scanner, LINE_START);
  unsigned column = 0;
  for (;; skipped = true) {
    int32_t c = lexer->lookahead;
    if (is_blank(c)) {
      column = next_column(column, c);
    } else if (is_newline(c)) {
      line_start = true;
      column = 0;
      clear_flag(scanner, INLINE_BRACE | ENTITY_TAGS | AFTER_VALUE);
    } else {
      break;
    }
    skip(lexer);
  }
  if (skipped && has_flag(scanner, FILE_START)) {
    // Lets the root begin with the file.
    clear_flag(scanner, FILE_START);
    *token = BLANK;
    return true;
  }
  if (at_end_of_file(lexer)) {
    if (scanner->depth > 0) {
      *token = end_section(scanner, scanner->depth);
      return true;
    }
    mark(lexer);
    *token = BLANK;
    return skipped;
  }
  const Section *inner = innermost(scanner);
  if (line_start && inner != NULL && inner->kind == INDENTED_SECTION && column <= scanner->indent &&
      !has_flag(scanner, IS_CHECKED)) {
    // A comment goes with the lines that follow it.
    bool stays = lexer->lookahead == '#' && is_next_line_deeper(lexer, scanner->indent);
    *token = end_sections_or_go_on(scanner, stays ? 0 : 1);
    return true;
  }
  *token = scan_line(scanner, lexer, line_start, column);
  return true;
}

// At "<" or "&" inside a value or tag: what follows may be a tag or comment, that
// ends the value, or text. `opening` tells whether a tag may open a section here.
static enum Token scan_bracket_in_line(Scanner *scanner, TSLexer *lexer, bool opening) {
  mark(lexer);
  bool entities = lexer->lookahead == '&';
  advance(lexer);
  Tag tag;
  tag.ahead = NO_TAG;
  if (!entities || advance_text(lexer, "lt;")) read_tag(scanner, lexer, &tag, entities, true, false);
  if (tag.ahead == XML_COMMENT_START) {
    enter_item(scanner);
    return read_xml_comment(lexer, false);
  }
  if (tag.ahead == CLOSING_TAG || (tag.ahead == OPENING_TAG && opening)) {
    set_flag(scanner, AFTER_VALUE);
    unsigned count = sections_closed_by_tag(scanner, &tag);
    bool is_full = scanner->depth == MAX_DEPTH && count == 0 && tag.ahead == OPENING_TAG && tag.kind == START_TAG;
    if (!is_full) return end_sections_or_go_on(scanner, count);
    clear_flag(scanner, AFTER_VALUE);
  }
  set_flag(scanner, IS_LITERAL);
  return LITERAL;
}

static inline bool is_bracket(const Scanner *scanner, TSLexer *lexer) {
  return lexer->lookahead == '<' || (lexer->lookahead == '&' && is_entity_tag(scanner));
}

static bool skip_blanks(TSLexer *lexer) {
  bool skipped = false;
  for (; is_blank(lexer->lookahead); skipped = true) skip(lexer);
  return skipped;
}

static bool scan_value(Scanner *scanner, TSLexer *lexer, enum Token *token) {
  bool behind_blank = skip_blanks(lexer);
  if (has_flag(scanner, LINE_CONTINUES) && is_newline(lexer->lookahead)) {
    bool is_return = lexer->lookahead == '\r';
    skip(lexer);
    if (is_return && lexer->lookahead == '\n') skip(lexer);
    skip_blanks(lexer);
    clear_flag(scanner, LINE_CONTINUES);
    behind_blank = true;
  }
  if (has_flag(scanner, IN_ELEMENT) && lexer->lookahead == '<') {
    enter_item(scanner);
    scanner->mode = AT_TAG_NAME;
    scanner->tag = ELEMENT_END_TAG;
    advance(lexer);
    advance(lexer);
    mark(lexer);
    *token = END_BRACKET;
    return true;
  }
  if (at_line_rest(lexer)) {
    bool is_named = has_flag(scanner, MACRO_NAMED);
    if (!has_flag(scanner, MACRO_LIST) || !(is_named || has_flag(scanner, AFTER_COMMA)) || at_end_of_file(lexer)) {
      enter_item(scanner);
      return scan_item(scanner, lexer, token, behind_blank);
    }
    bool is_comment = lexer->lookahead == '#';
    if (is_comment) {
      advance_line(lexer);
      mark(lexer);
    }
    if (is_comma_list_next(lexer, is_named)) {
      clear_flag(scanner, MACRO_NAMED);
      set_flag(scanner, LINE_CONTINUES);
      *token = is_comment ? INNER_COMMENT : CONTINUED;
    } else {
      enter_item(scanner);
      *token = is_comment ? COMMENT : CHECKED;
    }
    return true;
  }
  if (!has_flag(scanner, IS_LITERAL)) {
    if (is_bracket(scanner, lexer)) {
      *token = scan_bracket_in_line(scanner, lexer, behind_blank);
      return true;
    }
    if (lexer->lookahead == '}' && behind_blank && has_flag(scanner, INLINE_BRACE)) {
      mark(lexer);
      advance(lexer);
      if (is_last_brace(lexer)) {
        enter_item(scanner);
        *token = CHECKED;
      } else {
        set_flag(scanner, IS_LITERAL);
        *token = LITERAL;
      }
      return true;
    }
  }
  bool is_first = !has_flag(scanner, AFTER_TEXT | AFTER_COMMA);
  *token = read_piece(scanner, lexer, behind_blank);
  if (has_flag(scanner, MACRO_LIST)) {
    if (is_first) set_flag(scanner, MACRO_NAMED);
    else clear_flag(scanner, MACRO_NAMED);
  }
  return true;
}

static enum Token scan_assignment(Scanner *scanner, TSLexer *lexer) {
  skip_blanks(lexer);
  if (lexer->lookahead == '=') {
    advance(lexer);
    mark(lexer);
    enter_value(scanner);
    return ASSIGNMENT_EQUALS;
  }
  while (is_key_char(lexer->lookahead)) advance(lexer);
  mark(lexer);
  return ASSIGNMENT_WORD;
}

static enum Token scan_brace_open(Scanner *scanner, TSLexer *lexer) {
  bool behind_blank = skip_blanks(lexer);
  if (lexer->lookahead != '{' || !behind_blank) return read_argument_piece(scanner, lexer, behind_blank, false);
  advance(lexer);
  mark(lexer);
  if (!is_blank(lexer->lookahead) && !at_line_rest(lexer)) return TEXT;
  advance_blanks(lexer);
  if (!has_flag(scanner, INLINE_BRACE) && !at_line_rest(lexer)) return TEXT;
  enter_item(scanner);
  return OPENING_BRACE;
}

static bool scan_block_open(Scanner *scanner, TSLexer *lexer, enum Token *token) {
  bool behind_blank = skip_blanks(lexer);
  if (at_line_rest(lexer)) {
    enter_item(scanner);
    return scan_item(scanner, lexer, token, behind_blank);
  }
  *token = read_argument_piece(scanner, lexer, behind_blank, false);
  return true;
}

static bool scan_after_end(Scanner *scanner, TSLexer *lexer, enum Token *token) {
  bool behind_blank = skip_blanks(lexer);
  enter_item(scanner);
  if (at_line_rest(lexer)) return scan_item(scanner, lexer, token, behind_blank);
  while (!is_blank(lexer->lookahead) && !at_line_rest(lexer)) advance(lexer);
  mark(lexer);
  *token = END_WORD;
  return true;
}

static bool scan_tag(Scanner *scanner, TSLexer *lexer, enum Token *token, bool behind_blank) {
  if (at_line_rest(lexer)) {
    enter_item(scanner);
    return scan_item(scanner, lexer, token, behind_blank);
  }
  int32_t c = lexer->lookahead;
  if (c == '&' && is_entity_tag(scanner) && !has_flag(scanner, IS_LITERAL)) {
    advance(lexer);
    if (!advance_text(lexer, "gt;")) {
      mark(lexer);
      *token = TEXT;
      return true;
    }
    c = '>';
  } else if (c == '>') {
    advance(lexer);
  }
  if (c == '>') {
    mark(lexer);
    *token = scanner->tag == EMPTY_TAG ? CLOSING_EMPTY_BRACKET : CLOSING_BRACKET;
    if (scanner->tag == ELEMENT_TAG) {
      enter_value(scanner);
      set_flag(scanner, IN_ELEMENT);
    } else {
      enter_item(scanner);
    }
    return true;
  }
  if (c == '<' && behind_blank && !has_flag(scanner, IS_LITERAL)) {
    *token = scan_bracket_in_line(scanner, lexer, true);
    return true;
  }
  *token = read_argument_piece(scanner, lexer, behind_blank, true);
  return true;
}

static bool scan_tag_name(Scanner *scanner, TSLexer *lexer, enum Token *token) {
  bool behind_blank = skip_blanks(lexer);
  Name name = {0, {0}};
  scanner->mode = IN_TAG;
  read_tag_name(lexer, &name, is_entity_tag(scanner), true);
  if (name.length == 0) return scan_tag(scanner, lexer, token, behind_blank);
  *token = TAG_NAME;
  return true;
}

static bool scan(Scanner *scanner, TSLexer *lexer, enum Token *token) {
  mark(lexer);
  if (scanner->pending > 0) {
    *token = end_section(scanner, scanner->pending);
    return true;
  }
  switch (scanner->mode) {
    case IN_VALUE:
      return scan_value(scanner, lexer, token);
    case IN_ASSIGNMENT:
      *token = scan_assignment(scanner, lexer);
      return true;
    case IN_BRACE_OPEN:
      *token = scan_brace_open(scanner, lexer);
      return true;
    case IN_BLOCK_OPEN:
      return scan_block_open(scanner, lexer, token);
    case AFTER_END:
      return scan_after_end(scanner, lexer, token);
    case AT_TAG_NAME:
      return scan_tag_name(scanner, lexer, token);
    case IN_TAG:
      return scan_tag(scanner, lexer, token, skip_blanks(lexer));
    case AT_ATTRIBUTE_EQUALS:
      advance(lexer);
      mark(lexer);
      scanner->mode = IN_TAG;
      *token = ATTRIBUTE_EQUALS;
      return true;
    default:
      return scan_item(scanner, lexer, token, false);
  }
}

static bool takes_no_text(enum Token token) { return token <= CONTINUED; }

void *tree_sitter_pmta_external_scanner_create(void) {
  Scanner *scanner = malloc(sizeof(Scanner));
  if (scanner != NULL) reset(scanner);
  return scanner;
}

void tree_sitter_pmta_external_scanner_destroy(void *payload) { free(payload); }

unsigned tree_sitter_pmta_external_scanner_serialize(void *payload, char *buffer) {
  return serialize((const Scanner *)payload, buffer);
}

void tree_sitter_pmta_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
  deserialize((Scanner *)payload, buffer, length);
}

bool tree_sitter_pmta_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid_symbols) {
  (void)valid_symbols; // the scanner alone decides
  Scanner *scanner = (Scanner *)payload;
  enum Token token = BLANK;
  if (!scan(scanner, lexer, &token)) return false;
  // An edit of any byte of the character that ended the token has to reach it.
  if (is_non_ascii(lexer->lookahead)) advance(lexer);
  if (!takes_no_text(token)) clear_flag(scanner, LINE_START | FILE_START | IS_CHECKED);
  lexer->result_symbol = (TSSymbol)token;
  return true;
}
