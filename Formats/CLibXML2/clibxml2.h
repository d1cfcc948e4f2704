#include <libxml/xmlversion.h>
// Debian's libxml2 is built with ICU and its headers include ICU's, which clash with the ones inside Foundation.
// Only a structure that Slate does not touch depends on this.
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

static inline void slate_xml_ignore(void *context, const char *message, ...) {
    (void)context;
    (void)message;
}

// libxml2 prints some errors of encodings whatever handlers a parser has. Nothing is printed on this thread between the two calls.
typedef struct {
    xmlGenericErrorFunc generic;
    void *genericContext;
    xmlStructuredErrorFunc structured;
    void *structuredContext;
} slate_xml_handlers;

static inline void slate_xml_ignore_error(void *context, xmlErrorPtr error) {
    (void)context;
    (void)error;
}

static inline slate_xml_handlers slate_xml_silence(void) {
    slate_xml_handlers old = {xmlGenericError, xmlGenericErrorContext, xmlStructuredError, xmlStructuredErrorContext};
    xmlSetGenericErrorFunc(NULL, slate_xml_ignore);
    xmlSetStructuredErrorFunc(NULL, slate_xml_ignore_error);
    return old;
}

static inline void slate_xml_restore(slate_xml_handlers old) {
    xmlSetGenericErrorFunc(old.genericContext, old.generic);
    xmlSetStructuredErrorFunc(old.structuredContext, old.structured);
}
