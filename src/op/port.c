/*
 * A range with an open end still answers where no port that the end could be
 * makes a difference.  Every port is written as a protocol of -1 or all, or as
 * the range from -1 to -1.
 */
#include "op/port.h"

#include "base/decimal.h"
#include "op/equal.h"

enum { PORT_MOST = 65535, DIGITS_MOST = 5 };

bool
port_read(long *out, struct value v, struct buf *scratch)
{
	struct decimal d;
	long number = 0;
	size_t digits;

	if (!value_number(&d, v, scratch))
		return false;
	digits = d.whole.len + d.fraction.len;
	if (d.exponent < (int64_t)digits || d.exponent > DIGITS_MOST)
		return false;
	for (size_t i = 0; i < (size_t)d.exponent; i++) {
		char c = '0';

		if (i < d.whole.len)
			c = d.whole.ptr[i];
		else if (i < digits)
			c = d.fraction.ptr[i - d.whole.len];
		number = number * 10 + (c - '0');
	}
	*out = d.negative ? -number : number;
	return *out >= -1 && *out <= PORT_MOST;
}

/* An end of the range: what is no port is open, and bad. */
struct end {
	bool open, bad;
	long port;
	size_t part;
};

static struct end
end_of(const struct port_part parts[PORT_PARTS], size_t part,
    struct buf *scratch)
{
	struct end end = {.part = part};

	/* One end that is not there is the other one. */
	if (parts[part].found == PORT_UNSET)
		end.part = part == PORT_FROM ? PORT_TO : PORT_FROM;
	end.bad = parts[end.part].found == PORT_INVALID ||
	    (parts[end.part].found == PORT_KNOWN &&
		!port_read(&end.port, parts[end.part].value, scratch));
	end.open = end.bad || parts[end.part].found == PORT_OPEN;
	return end;
}

/* Of a range that has an end, if an end that is open may be anything. */
static enum op_answer
range_covers(const struct end *from, const struct end *to, long port)
{
	bool above = !from->open && from->port > port;
	bool below = !to->open && to->port < port && to->port != -1;

	if (above || below)
		return ANSWER_NO;
	/* From -1 every end but -1 is above it, and -1 means all. */
	if (!from->open && from->port == -1 && port == 0)
		return ANSWER_YES;
	if (from->open || to->open)
		return ANSWER_UNKNOWN;
	if (from->port == -1 && to->port == -1)
		return ANSWER_YES;
	return from->port <= port && port <= to->port ? ANSWER_YES : ANSWER_NO;
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool
is_every_protocol(struct value v, struct buf *scratch)
{
	struct decimal d, minus_one;
	struct str text;

	if (value_number(&d, v, scratch))
		return decimal_read(&minus_one, STR("-1")) &&
		    decimal_cmp(&d, &minus_one) == 0;
	if (value_kind(v) != NODE_STRING)
		return false;
	text = value_text(v, scratch);
	return text.len == 3 && lower(text.ptr[0]) == 'a' &&
	    lower(text.ptr[1]) == 'l' && lower(text.ptr[2]) == 'l';
}

static enum op_answer
protocol_covers(const struct port_part *protocol, struct buf *scratch)
{
	switch (protocol->found) {
	case PORT_UNSET:
		return ANSWER_NO;
	case PORT_OPEN:
		return ANSWER_UNKNOWN;
	case PORT_INVALID:
		break;
	case PORT_KNOWN:
		if (value_is_container(protocol->value))
			break;
		return is_every_protocol(protocol->value, scratch)
		    ? ANSWER_YES
		    : ANSWER_NO;
	}
	return ANSWER_INVALID;
}

/* Neither the range nor the protocol decides: an error is told first. */
static enum op_answer
left_open(const struct end *from, const struct end *to,
    enum op_answer protocol, enum op_answer range, size_t *decisive)
{
	bool bad = range == ANSWER_UNKNOWN && (from->bad || to->bad);

	if (range == ANSWER_UNKNOWN && (bad || protocol != ANSWER_INVALID)) {
		bool is_to = bad ? !from->bad : !from->open;

		*decisive = is_to ? to->part : from->part;
		return bad ? ANSWER_INVALID : ANSWER_UNKNOWN;
	}
	*decisive = PORT_PROTOCOL;
	return protocol;
}

enum op_answer
port_covers(const struct port_part parts[PORT_PARTS], long port,
    struct buf *scratch, size_t *decisive)
{
	bool none = parts[PORT_FROM].found == PORT_UNSET &&
	    parts[PORT_TO].found == PORT_UNSET;
	struct end from = end_of(parts, PORT_FROM, scratch);
	struct end to = end_of(parts, PORT_TO, scratch);
	enum op_answer protocol =
	    protocol_covers(&parts[PORT_PROTOCOL], scratch);
	enum op_answer range =
	    none ? ANSWER_NO : range_covers(&from, &to, port);

	*decisive = PORT_PROTOCOL;
	if (protocol == ANSWER_YES)
		return ANSWER_YES;
	if (range == ANSWER_YES || (range == ANSWER_NO && protocol == range)) {
		if (!none)
			*decisive = from.open || from.port <= port ? to.part
								   : from.part;
		return range;
	}
	return left_open(&from, &to, protocol, range, decisive);
}
