#ifndef PMTA_SCANNER_SECTIONS_H_
#define PMTA_SCANNER_SECTIONS_H_

// Which sections there are, what may stand in what, and what a tag closes.

#include "chars.h"

// Where a section may stand.
enum Place {
  ANYWHERE,           // unknown sections
  TOP_LEVEL,          // outside of all sections
  WRAPPER,            // <config> and the like around a whole file
  DOMAIN_PLACE,       // top level, VirtualMTAs and pools
  ADDRESS_LIST_PLACE, // top level and processors
  PATTERNS_PLACE,     // processors only
  PATTERN_LIST_PLACE, // top level, and unnamed at the end of a rule
};

enum Trait {
  HOLDS_DOMAINS = 1,
  HOLDS_ADDRESSES = 2,
  HOLDS_REGEXES = 4, // "/" starts a pattern in the values
  HOLDS_SAME = 8,
  HOLDS_SERVICE = 16, // smtp-service is a switch in it, and opens no block
};

// Names that an end tag may use for one another.
enum Synonym { OWN_NAME, VIRTUAL_MTA, POOL, SIGNALS, FEEDBACK_LOOP };

typedef struct {
  const char *name;
  uint8_t length;
  uint8_t place;
  uint8_t traits;
  uint8_t synonym;
} SectionType;

#define SECTION(name, place, traits, synonym) {name, sizeof(name) - 1, place, traits, synonym}

static const SectionType SECTIONS[] = {
  SECTION("acct-file", TOP_LEVEL, 0, OWN_NAME),
  SECTION("address-list", ADDRESS_LIST_PLACE, HOLDS_REGEXES, OWN_NAME),
  SECTION("aliases", TOP_LEVEL, 0, OWN_NAME),
  SECTION("bounce-category-patterns", TOP_LEVEL, HOLDS_REGEXES, OWN_NAME),
  SECTION("bounce-handler", TOP_LEVEL, HOLDS_ADDRESSES, OWN_NAME),
  SECTION("bounce-processor", TOP_LEVEL, HOLDS_ADDRESSES, OWN_NAME),
  SECTION("bounce-rules", ANYWHERE, HOLDS_REGEXES, OWN_NAME),
  SECTION("config", WRAPPER, 0, OWN_NAME),
  SECTION("configuration", WRAPPER, 0, OWN_NAME),
  SECTION("dns", TOP_LEVEL, 0, OWN_NAME),
  SECTION("domain", DOMAIN_PLACE, 0, OWN_NAME),
  SECTION("domain-key-list", TOP_LEVEL, 0, OWN_NAME),
  SECTION("email-patterns", PATTERNS_PLACE, 0, OWN_NAME),
  SECTION("fbl", ANYWHERE, 0, FEEDBACK_LOOP),
  SECTION("feedback-loop-processor", TOP_LEVEL, HOLDS_ADDRESSES, FEEDBACK_LOOP),
  SECTION("gm-imprinter", TOP_LEVEL, 0, OWN_NAME),
  SECTION("mx-rollup-list", TOP_LEVEL, 0, OWN_NAME),
  SECTION("pattern-list", PATTERN_LIST_PLACE, HOLDS_REGEXES | HOLDS_SAME, OWN_NAME),
  SECTION("pmta", WRAPPER, 0, OWN_NAME),
  SECTION("pmta-config", WRAPPER, 0, OWN_NAME),
  SECTION("pool", TOP_LEVEL, HOLDS_DOMAINS, POOL),
  SECTION("powermta", WRAPPER, 0, OWN_NAME),
  SECTION("powermta-config", WRAPPER, 0, OWN_NAME),
  SECTION("proxy", TOP_LEVEL, 0, OWN_NAME),
  SECTION("rewrite-list", TOP_LEVEL, 0, OWN_NAME),
  SECTION("sender", TOP_LEVEL, 0, OWN_NAME),
  SECTION("signals", TOP_LEVEL, 0, SIGNALS),
  SECTION("signals-filter", TOP_LEVEL, 0, OWN_NAME),
  SECTION("smtp-listener", TOP_LEVEL, 0, OWN_NAME),
  SECTION("smtp-pattern", ANYWHERE, HOLDS_REGEXES, OWN_NAME),
  SECTION("smtp-pattern-list", TOP_LEVEL, HOLDS_REGEXES, OWN_NAME),
  SECTION("smtp-source", TOP_LEVEL, 0, OWN_NAME),
  SECTION("smtp-user", TOP_LEVEL, 0, OWN_NAME),
  SECTION("source", TOP_LEVEL, HOLDS_SERVICE, OWN_NAME),
  SECTION("source-group", TOP_LEVEL, 0, OWN_NAME),
  SECTION("sparkpost-analytics", TOP_LEVEL, 0, SIGNALS),
  SECTION("spool", TOP_LEVEL, 0, OWN_NAME),
  SECTION("suppression-list", TOP_LEVEL, 0, OWN_NAME),
  SECTION("transmissions-api", TOP_LEVEL, 0, OWN_NAME),
  SECTION("transmissions-api-listener", TOP_LEVEL, 0, OWN_NAME),
  SECTION("user", TOP_LEVEL, 0, OWN_NAME),
  SECTION("vault", TOP_LEVEL, 0, OWN_NAME),
  SECTION("virtual-mta", TOP_LEVEL, HOLDS_DOMAINS, VIRTUAL_MTA),
  SECTION("virtual-mta-group", TOP_LEVEL, HOLDS_DOMAINS, POOL),
  SECTION("virtual-mta-pool", TOP_LEVEL, HOLDS_DOMAINS, POOL),
  SECTION("vmta", TOP_LEVEL, HOLDS_DOMAINS, VIRTUAL_MTA),
};

#define SECTION_COUNT (sizeof(SECTIONS) / sizeof(SECTIONS[0]))
#define UNKNOWN_SECTION ((1 << SERIALIZED_ID_BITS) - 1)

_Static_assert(SECTION_COUNT < UNKNOWN_SECTION, "section ids must fit into a serialized byte");

static const SectionType UNKNOWN_TYPE = {"", 0, ANYWHERE, 0, OWN_NAME};

static uint8_t find_section(const Name *name) {
  for (unsigned i = 0; i < SECTION_COUNT; i++) {
    const SectionType *type = &SECTIONS[i];
    if (type->length == name->length && type->name[0] == name->text[0] &&
        memcmp(type->name, name->text, name->length) == 0) {
      return (uint8_t)i;
    }
  }
  return UNKNOWN_SECTION;
}

static inline const SectionType *type_of(uint8_t id) {
  return id < SECTION_COUNT ? &SECTIONS[id] : &UNKNOWN_TYPE;
}

static inline bool is_known(uint8_t id) { return type_of(id)->place != ANYWHERE; }

static inline const Section *innermost(const Scanner *scanner) {
  return scanner->depth > 0 ? &scanner->sections[scanner->depth - 1] : NULL;
}

static inline bool holds_regexes(const Scanner *scanner) {
  const Section *section = innermost(scanner);
  return section != NULL && (type_of(section->id)->traits & HOLDS_REGEXES) != 0;
}

static inline bool holds_service(const Scanner *scanner) {
  const Section *section = innermost(scanner);
  return section != NULL && (type_of(section->id)->traits & HOLDS_SERVICE) != 0;
}

static inline bool is_section_of(const Section *section, uint8_t id, const Name *name) {
  return section->id == id && (id != UNKNOWN_SECTION || same_name(&section->name, name));
}

static void push_section(Scanner *scanner, uint8_t kind, uint8_t id, const Name *name) {
  if (scanner->depth == MAX_DEPTH) return;
  Section *section = &scanner->sections[scanner->depth++];
  section->kind = kind;
  section->id = id;
  section->name.length = 0;
  if (id == UNKNOWN_SECTION) section->name = *name;
}

// An opening about to be read.
typedef struct {
  uint8_t id;
  const Name *name;
  bool nested_list; // <pattern-list> without a name or behind a rule
} Opening;

static bool may_hold(const SectionType *parent, const Opening *opening) {
  uint8_t place = type_of(opening->id)->place;
  if (parent == NULL) return place != PATTERNS_PLACE;
  if (parent->place == WRAPPER) return true;
  if (parent->place == ANYWHERE) return place != TOP_LEVEL && place != WRAPPER;
  switch (place) {
    case DOMAIN_PLACE: return (parent->traits & HOLDS_DOMAINS) != 0;
    case ADDRESS_LIST_PLACE:
    case PATTERNS_PLACE: return (parent->traits & HOLDS_ADDRESSES) != 0;
    case PATTERN_LIST_PLACE: return (parent->traits & HOLDS_SAME) != 0 && opening->nested_list;
    case ANYWHERE: return true;
    default: return false;
  }
}

// How many open sections end where the opening stands.
static unsigned sections_closed_by(const Scanner *scanner, const Opening *opening) {
  uint8_t place = type_of(opening->id)->place;
  if (place == ANYWHERE || place == WRAPPER) {
    // A second one of the same name follows the first, unless a wrapper is between.
    for (unsigned i = scanner->depth; i-- > 0;) {
      const Section *section = &scanner->sections[i];
      if (is_section_of(section, opening->id, opening->name) && opening->name->length > 0) return scanner->depth - i;
      if (type_of(section->id)->place == WRAPPER) break;
    }
    if (place == ANYWHERE) return 0;
  }
  for (unsigned kept = scanner->depth; kept > 0; kept--) {
    if (may_hold(type_of(scanner->sections[kept - 1].id), opening)) return scanner->depth - kept;
  }
  return may_hold(NULL, opening) ? scanner->depth : 0;
}

static inline char char_at(const char *text, unsigned index) { return text[index]; }

// True if one insertion, deletion, substitution or exchange of neighbours makes
// one name of the other.
static bool within_one_edit(const char *a, unsigned a_length, const char *b, unsigned b_length) {
  if (a_length > b_length) return within_one_edit(b, b_length, a, a_length);
  if (b_length - a_length > 1) return false;
  unsigned start = 0;
  while (start < a_length && a[start] == b[start]) start++;
  unsigned end = 0;
  while (end < a_length - start && a[a_length - 1 - end] == b[b_length - 1 - end]) end++;
  unsigned a_rest = a_length - start - end;
  unsigned b_rest = b_length - start - end;
  if (a_rest <= 1 && b_rest <= 1) return true;
  return a_rest == 2 && b_rest == 2 && char_at(a, start) == char_at(b, start + 1) &&
         char_at(a, start + 1) == char_at(b, start);
}

static bool is_misspelt(const Section *section, uint8_t id, const Name *name) {
  if (is_known(section->id) && is_known(id)) return false;
  if (name->length < 2) return false;
  const SectionType *type = type_of(section->id);
  bool known = section->id != UNKNOWN_SECTION;
  return within_one_edit(known ? type->name : section->name.text, known ? type->length : section->name.length,
                         name->text, name->length);
}

// The depth of the section that an end tag closes, or -1.
static int section_closed_by_end(const Scanner *scanner, const Name *name) {
  if (name->length == 0) return -1;
  uint8_t id = find_section(name);
  uint8_t synonym = type_of(id)->synonym;
  const Section *inner = NULL;
  int inner_depth = -1;
  for (int i = scanner->depth; i-- > 0;) {
    const Section *section = &scanner->sections[i];
    if (section->kind != TAG_SECTION) continue;
    if (is_section_of(section, id, name)) return i;
    if (synonym != OWN_NAME && type_of(section->id)->synonym == synonym) return i;
    if (inner == NULL) {
      inner = section;
      inner_depth = i;
    }
  }
  return inner != NULL && is_misspelt(inner, id, name) ? inner_depth : -1;
}

static inline char first_letter(const Section *section) {
  return section->id == UNKNOWN_SECTION ? section->name.text[0] : type_of(section->id)->name[0];
}

// True if an end tag whose name begins with the letter closes the innermost
// section or none. It saves most end tags a first look.
static bool end_closes_innermost_only(const Scanner *scanner, int32_t letter) {
  if (!is_letter(letter) || scanner->depth == 0 || innermost(scanner)->kind != TAG_SECTION) return false;
  char lower = (char)(letter | 0x20);
  for (unsigned i = 0; i + 1 < scanner->depth; i++) {
    const Section *section = &scanner->sections[i];
    if (section->kind != TAG_SECTION) continue;
    if (first_letter(section) == lower || type_of(section->id)->synonym == POOL) return false;
  }
  return true;
}

// The depth of the innermost section of a kind, or -1.
static int innermost_of_kind(const Scanner *scanner, uint8_t kind) {
  for (int i = scanner->depth; i-- > 0;) {
    if (scanner->sections[i].kind == kind) return i;
  }
  return -1;
}

#endif
