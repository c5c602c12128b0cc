/* See sqlite.h. */
#include "report/sqlite.h"

#include <dlfcn.h>
#include <string.h>

#define SYMBOL(member)                                                         \
	{                                                                      \
		"sqlite3_" #member, offsetof(struct sqlite, member)            \
	}

bool
sqlite_load(struct sqlite *sqlite, struct tfa_error *err)
{
	static const struct {
		const char *name;
		size_t offset;
	} symbols[] = {
	    SYMBOL(open_v2),
	    SYMBOL(close),
	    SYMBOL(busy_timeout),
	    SYMBOL(exec),
	    SYMBOL(prepare_v2),
	    SYMBOL(bind_text),
	    SYMBOL(bind_int64),
	    SYMBOL(bind_null),
	    SYMBOL(step),
	    SYMBOL(reset),
	    SYMBOL(finalize),
	    SYMBOL(column_int64),
	    SYMBOL(last_insert_rowid),
	    SYMBOL(errcode),
	    SYMBOL(errmsg),
	};

	*sqlite = (struct sqlite){
	    .library = dlopen("libsqlite3.so.0", RTLD_NOW | RTLD_LOCAL)};
	if (!sqlite->library)
		return error_set(err, TFA_ERR_REPORT,
		    "the format sqlite needs libsqlite3.so.0 (in Debian the "
		    "package libsqlite3-0), which cannot be loaded");
	for (size_t i = 0; i < COUNTOF(symbols); i++) {
		void *symbol = dlsym(sqlite->library, symbols[i].name);

		if (!symbol) {
			sqlite_unload(sqlite);
			return error_set(err, TFA_ERR_REPORT,
			    "libsqlite3.so.0 is too old: it has no %s",
			    symbols[i].name);
		}
		memcpy((char *)sqlite + symbols[i].offset, &symbol,
		    sizeof(symbol));
	}
	return true;
}

void
sqlite_unload(struct sqlite *sqlite)
{
	if (sqlite->library)
		dlclose(sqlite->library);
	*sqlite = (struct sqlite){0};
}
