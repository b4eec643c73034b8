#ifndef PMTA_SCANNER_STATE_H_
#define PMTA_SCANNER_STATE_H_

// What the scanner remembers between two tokens. Every decision follows from
// this and from the text ahead, so a reparse after an edit meets the same tokens
// as a fresh parse.

#include "tree_sitter/parser.h"

#include <string.h>

// The order is that of `externals` in grammar.js.
enum Token {
  BLANK,
  SECTION_END,
  CHECKED,
  LITERAL,
  CONTINUED,
  COMMENT,
  INNER_COMMENT,
  XML_COMMENT,
  SEMICOLON_COMMENT,
  TEMPLATE_MARKER,
  OPAQUE,
  SECTION_BRACKET,
  EMPTY_BRACKET,
  ELEMENT_BRACKET,
  END_BRACKET,
  STRAY_END_BRACKET,
  CLOSING_BRACKET,
  CLOSING_EMPTY_BRACKET,
  TAG_NAME,
  TEXT,
  ATTRIBUTE_NAME,
  ATTRIBUTE_EQUALS,
  BRACE_NAME,
  OPENING_BRACE,
  BRACE_CLOSE,
  STRAY_BRACE,
  KEYWORD_NAME,
  KEYWORD_END,
  STRAY_KEYWORD_END,
  END_WORD,
  INDENTED_NAME,
  DIRECTIVE_NAME,
  ASSIGNMENT_WORD,
  ASSIGNMENT_EQUALS,
  RULE_REGEX,
  RULE_UNCLOSED_REGEX,
  REGEX,
  UNCLOSED_REGEX,
  RULE_FLAGS,
  REGEX_FLAGS,
  WORD,
  QUOTED_STRING,
  UNCLOSED_STRING,
  BOOLEAN,
  NUMBER,
  RATE,
  ADDRESS,
  MACRO,
  PARAMETER,
  BRACKET_LIST,
  COMMA,
  SEMICOLON,
  EQUALS,
  STATEMENT_END,
  LINE_CONTINUATION,
};

// Where in a line the scanner stands.
enum Mode {
  AT_ITEM,         // before a directive, tag, comment …
  IN_VALUE,        // after the name of a directive, in a rule or after "="
  IN_ASSIGNMENT,   // among the words before "="
  IN_BRACE_OPEN,   // between the name of a block and its "{"
  IN_BLOCK_OPEN,   // after the name of a keyword or indented block
  AFTER_END,       // after the word "end"
  AT_TAG_NAME,     // after "<" or "</"
  IN_TAG,          // after the name of a tag
  AT_ATTRIBUTE_EQUALS,
};

enum TagKind {
  START_TAG,
  EMPTY_TAG,
  ELEMENT_TAG,
  ELEMENT_END_TAG,
  END_TAG,
};

enum Flag {
  LINE_START = 1 << 0,     // nothing of the line has been read
  IS_CHECKED = 1 << 1,     // no open section has to end before the next item
  IS_LITERAL = 1 << 2,     // the next token has no special meaning
  IN_ELEMENT = 1 << 3,     // the value stands between <name> and </name>
  INLINE_BRACE = 1 << 4,   // the block opened on this line ends on it
  AFTER_TEXT = 1 << 5,     // the last token was text: what touches it is text too
  AFTER_COMMA = 1 << 6,
  AFTER_REGEX = 1 << 7,    // letters that touch the last token are regex flags
  LINE_CONTINUES = 1 << 8, // the value goes on in the next line
  PATH_VALUE = 1 << 9,     // the directive names a file: "/" starts no pattern
  AFTER_VALUE = 1 << 10,   // the next tag stands behind a value on its line
  ENTITY_TAGS = 1 << 11,   // tags of this line are written &lt; and &gt;
  IN_RULE = 1 << 12,       // the regex just read began the line
  MACRO_LIST = 1 << 13,    // a domain-macro, whose list may go on in the next line
  MACRO_NAMED = 1 << 14,   // … and so far only its name was read
  FILE_START = 1 << 15,    // nothing of the file has been read
};

enum SectionKind { TAG_SECTION, BRACE_SECTION, KEYWORD_SECTION, INDENTED_SECTION };

#define MAX_DEPTH 24
#define MAX_NAME 32

// A name in lower case with plain hyphens, cut to MAX_NAME bytes.
typedef struct {
  uint8_t length;
  char text[MAX_NAME];
} Name;

typedef struct {
  uint8_t kind;
  uint8_t id; // row of SECTIONS, or UNKNOWN_SECTION
  Name name;  // of an unknown section only
} Section;

typedef struct {
  uint8_t mode;
  uint8_t tag;      // TagKind while in a tag
  uint8_t pending;  // sections that have still to end here
  uint8_t indent;   // of the line that opened the indented section
  uint16_t flags;
  uint8_t depth;
  Section sections[MAX_DEPTH];
} Scanner;

static inline bool has_flag(const Scanner *scanner, unsigned flag) { return (scanner->flags & flag) != 0; }
static inline void set_flag(Scanner *scanner, unsigned flag) { scanner->flags = (uint16_t)(scanner->flags | flag); }
static inline void clear_flag(Scanner *scanner, unsigned flag) { scanner->flags = (uint16_t)(scanner->flags & ~flag); }

static inline void reset(Scanner *scanner) {
  scanner->mode = AT_ITEM;
  scanner->tag = START_TAG;
  scanner->pending = 0;
  scanner->indent = 0;
  scanner->flags = LINE_START | FILE_START;
  scanner->depth = 0;
}

// What holds only within a value.
#define VALUE_FLAGS                                                                                         \
  (AFTER_TEXT | AFTER_COMMA | AFTER_REGEX | LINE_CONTINUES | PATH_VALUE | IN_RULE | MACRO_LIST | MACRO_NAMED | \
   IS_LITERAL | IN_ELEMENT)

static void enter_value(Scanner *scanner) {
  scanner->mode = IN_VALUE;
  clear_flag(scanner, VALUE_FLAGS | IS_CHECKED | AFTER_VALUE);
}

static void enter_item(Scanner *scanner) {
  scanner->mode = AT_ITEM;
  clear_flag(scanner, VALUE_FLAGS);
}

// Five bytes, and one per section with a known name: common states fit into the
// 24 bytes that tree-sitter keeps without an allocation.
#define SERIALIZED_ID_BITS 6

static unsigned serialize(const Scanner *scanner, char *buffer) {
  unsigned size = 0;
  buffer[size++] = (char)(scanner->mode | scanner->tag << 4);
  buffer[size++] = (char)(scanner->flags & 0xff);
  buffer[size++] = (char)(scanner->flags >> 8);
  buffer[size++] = (char)scanner->pending;
  buffer[size++] = (char)scanner->indent;
  for (unsigned i = 0; i < scanner->depth; i++) {
    const Section *section = &scanner->sections[i];
    buffer[size++] = (char)(section->id | section->kind << SERIALIZED_ID_BITS);
    if (section->name.length > 0) {
      memcpy(buffer + size, &section->name, section->name.length + 1u);
      size += section->name.length + 1u;
    } else if (section->id == (1 << SERIALIZED_ID_BITS) - 1) {
      buffer[size++] = 0;
    }
  }
  return size;
}

static void deserialize(Scanner *scanner, const char *buffer, unsigned length) {
  reset(scanner);
  if (length < 5) return;
  scanner->mode = (uint8_t)buffer[0] & 0xf;
  scanner->tag = (uint8_t)buffer[0] >> 4;
  scanner->flags = (uint16_t)((uint8_t)buffer[1] | (uint8_t)buffer[2] << 8);
  scanner->pending = (uint8_t)buffer[3];
  scanner->indent = (uint8_t)buffer[4];
  unsigned position = 5;
  while (position < length && scanner->depth < MAX_DEPTH) {
    Section *section = &scanner->sections[scanner->depth++];
    uint8_t byte = (uint8_t)buffer[position++];
    section->id = byte & ((1 << SERIALIZED_ID_BITS) - 1);
    section->kind = byte >> SERIALIZED_ID_BITS;
    section->name.length = 0;
    if (section->id == (1 << SERIALIZED_ID_BITS) - 1 && position < length) {
      unsigned size = (uint8_t)buffer[position++];
      if (size > MAX_NAME || position + size > length) return;
      section->name.length = (uint8_t)size;
      memcpy(section->name.text, buffer + position, size);
      position += size;
    }
  }
}

#endif
