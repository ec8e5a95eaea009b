"""Parts of a page that are drawn once and remembered: the text is a pure function of what the tag is given.

Django's template takes half a millisecond for a row of a month, and most rows are those of the last visit. A part sees
nothing of the page but its own arguments: no person, no request, no day. So it may be remembered under them, and
whoever is shown an argument may be shown the text. A test reads every part for names that it is not given.
"""

from __future__ import annotations

import pickle
import secrets
import zlib
from hashlib import blake2b
from typing import Any, cast
from weakref import ref

from django import template
from django.template import Context
from django.template.base import FilterExpression, Node, Parser, Token, token_kwargs
from django.utils.safestring import SafeString

from indicators.tables.kept import Shelf
from indicators.tables.wording import Texts

register = template.Library()

#: How much all remembered texts may take together, packed: a row of a month takes 400 bytes, a heat map 60.000.
MOST_BYTES = 3_000_000
#: What an entry takes besides its text.
ENTRY_BYTES = 500
#: How much of a pattern helps to pack.
PATTERN_BYTES = 32_768
#: The argument that a part holds without depending on it: another one in every request.
TOKEN = "token"
#: What stands for it in remembered texts; nobody outside the process can know it.
_STANDS_FOR_TOKEN = secrets.token_hex(16)

_shelf = Shelf(MOST_BYTES)
#: By template the first text that was drawn: what it has in common with later ones need not be kept again.
_patterns: dict[str, bytes] = {}


class DrawnNode(Node):
    """One part with its arguments."""

    child_nodelists = ()

    def __init__(self, name: str, arguments: dict[str, FilterExpression]) -> None:
        self.name = name
        self.arguments = arguments

    def render(self, context: Context) -> SafeString:
        """The remembered text of these arguments, or a new one."""
        values = {name: argument.resolve(context) for name, argument in self.arguments.items()}
        token = str(values[TOKEN]) if TOKEN in values else ""
        if token:
            values[TOKEN] = _STANDS_FOR_TOKEN
        key, objects = _key(self.name, values)
        text = _remembered(self.name, key, objects)
        if text is None:
            assert context.template is not None
            part = context.template.engine.get_template(self.name)
            text = str(part.render(Context(values)))
            _remember(self.name, key, objects, text)
        # What a template drew is safe; packing does not change it.
        return SafeString(text.replace(_STANDS_FOR_TOKEN, token) if token else text)


@register.tag
def drawn(parser: Parser, token: Token) -> DrawnNode:
    """`{% drawn "indicators/_row.html" row=row %}`: as ``include … only``, but remembered.

    Words and numbers count by what they are, rows of texts (``Texts``) by their content; any other object is taken for
    one that does not change, such as what ``kept`` hands out, and counts as itself.
    """
    _, name, *rest = token.split_contents()
    arguments = token_kwargs(rest, parser)
    if rest or name[0] not in "\"'" or name[0] != name[-1]:
        raise template.TemplateSyntaxError("drawn takes the name of a template in quotes, then name=value")
    return DrawnNode(name[1:-1], arguments)


def _key(name: str, values: dict[str, Any]) -> tuple[tuple[Any, ...], tuple[object, ...]]:
    """All that decides how the part looks, and the objects that count as themselves."""
    parts: list[Any] = [name]
    objects = []
    for value in values.values():
        if value is None or isinstance(value, str | int):
            parts += (type(value), value)  # markup is not the same as words that look like it; nor is 1 True
        elif isinstance(value, Texts | tuple):
            parts.append(blake2b(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), digest_size=16).digest())
        else:
            parts.append(id(value))
            objects.append(value)
    return tuple(parts), tuple(objects)


def _remembered(name: str, key: tuple[Any, ...], objects: tuple[object, ...]) -> str | None:
    """The text, if it was drawn of the very same objects: one that is gone may have left its place to another."""
    found = cast("tuple[tuple[ref[Any], ...], bytes] | None", _shelf.get(key))
    if found is None or any(one() is not value for one, value in zip(found[0], objects, strict=True)):
        return None
    return zlib.decompressobj(zdict=_patterns[name]).decompress(found[1]).decode()


def _remember(name: str, key: tuple[Any, ...], objects: tuple[object, ...], text: str) -> None:
    """Keep the text, packed against the pattern of its template."""
    content = text.encode()
    packer = zlib.compressobj(level=1, zdict=_patterns.setdefault(name, content[:PATTERN_BYTES]))
    packed = packer.compress(content) + packer.flush()
    _shelf.put(key, (tuple(map(ref, objects)), packed), len(packed) + ENTRY_BYTES)
