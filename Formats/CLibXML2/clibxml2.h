#include <libxml/xmlversion.h>
// Debian's libxml2 is built with ICU and its headers include ICU's, which clash with the ones inside Foundation.
// Only a structure that Slate does not touch depends on this.
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
