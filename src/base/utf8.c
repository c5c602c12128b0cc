#include "base/utf8.h"

static size_t
sequence_length(unsigned char lead)
{
	if (lead < 0x80)
		return 1;
	if (lead < 0xc2 || lead > 0xf4)
		return 0;
	return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

size_t
utf8_read(struct str s, uint32_t *rune)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	unsigned char lead = (unsigned char)s.ptr[0];
	size_t len = sequence_length(lead);
	uint32_t value = len == 1 ? lead : lead & (0x7fU >> len);

	if (len == 0 || len > s.len)
		return 0;
	for (size_t i = 1; i < len; i++) {
		unsigned char byte = (unsigned char)s.ptr[i];

		if ((byte & 0xc0) != 0x80)
			return 0;
		value = value << 6 | (byte & 0x3fU);
	}
	if (value < least[len] || value > 0x10ffff ||
	    (value >= 0xd800 && value <= 0xdfff))
		return 0;
	*rune = value;
	return len;
}

bool
rune_is_active(uint32_t rune)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
	    {0,       0x1f   },
	    {0x7f,    0x9f   },
	    {0xad,    0xad   },
	    {0x61c,   0x61c  },
	    {0x180e,  0x180e },
	    {0x200b,  0x200f },
	    {0x2028,  0x202e },
	    {0x2060,  0x206f },
	    {0xfdd0,  0xfdef },
	    {0xfeff,  0xfeff },
	    {0xfff9,  0xfffb },
	    {0xe0000, 0xe0fff},
	};

	for (size_t i = 0; i < COUNTOF(ranges); i++) {
		if (rune >= ranges[i].first && rune <= ranges[i].last)
			return true;
	}
	return (rune & 0xfffe) == 0xfffe;
}

size_t
utf8_count(struct str text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.len; i++)
		count += ((unsigned char)text.ptr[i] & 0xc0) != 0x80;
	return count;
}
