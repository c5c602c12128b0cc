/* A range of ports: three looks, and what they leave open. */
#include "engine/answer.h"
#include "op/port.h"

static struct port_part
part_at(struct scene *scene, const struct spot *from, const struct path *path,
    struct look **look)
{
	struct port_part part = {PORT_UNSET, VALUE_NONE};

	*look = NULL;
	if (path->count == 0)
		return part;
	*look = look_kept(scene, look_at(scene, from, path, false));
	if (!*look)
		return part;
	look_plain_default(scene, *look);
	switch ((*look)->state) {
	case STATE_UNSET:
		break;
	case STATE_UNKNOWN:
		part.found = PORT_OPEN;
		break;
	case STATE_INVALID:
		part.found = PORT_INVALID;
		break;
	case STATE_KNOWN:
	case STATE_DEFAULTED:
		part.found = PORT_KNOWN;
		part.value = (*look)->spot.seen.value;
		break;
	}
	return part;
}

static struct answer
answer_got(const struct cond *cond, struct look *look, enum op_answer got,
    bool flip)
{
	if (got == ANSWER_UNKNOWN)
		return answer_of(cond, look, UNKNOWN);
	if (got != ANSWER_INVALID)
		return answer_of(
		    cond, look, truth_of((got == ANSWER_YES) != flip));
	if (look && look->state == STATE_INVALID)
		return answer_error(cond, look, look->invalid);
	if (look)
		look->state = STATE_INVALID;
	return answer_error(cond, look, "is no port and no protocol");
}

struct answer
port_eval(struct scene *scene, const struct cond *cond,
    const struct spot *from, bool flip)
{
	struct port_part parts[PORT_PARTS];
	struct look *looks[PORT_PARTS];
	struct op_args args;
	struct answer answer;
	size_t decisive = 0;
	enum op_answer got;
	long port;

	for (size_t i = 0; i < PORT_PARTS; i++)
		parts[i] = part_at(scene, from, &cond->ports[i], &looks[i]);
	if (cond->no_argument)
		return answer_unset(cond, looks[PORT_FROM], flip);
	if (!operand_fill(scene, cond, from, flip, &args, &answer))
		return answer;
	if (!port_read(&port, args.argument, scene->text) || port < 0)
		return answer_error(cond, looks[PORT_FROM],
		    "is compared with a value that is no port");
	got = port_covers(parts, port, scene->text, &decisive);
	if (scene->text->failed)
		scene->failed = true;
	if (!looks[decisive])
		decisive = PORT_FROM;
	return answer_got(cond, looks[decisive], got, flip);
}
